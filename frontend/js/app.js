/*
 * Improves pages that already work without it. Each module attaches itself to its own data-… attributes, and is only
 * fetched by the pages that have them.
 */
import "./once.js";

const has = (selector) => document.querySelector(selector) !== null;

if (has("[data-menu]")) import("./menu.js");
if (has("[data-count]")) import("./count.js");
if (has("[data-share]")) import("./share.js");
if (has("[data-reveal]")) import("./reveal.js");
if (has("[data-copy]")) import("./copy.js");
if (has("[data-opened]")) import("./opened.js");
document.querySelector("[data-focus]")?.focus(); // a refused form begins at its list of errors

// Drafts fill in the fields that these two prepare.
await Promise.all([has("[data-commune]") && import("./commune.js"), has("[data-picker]") && import("./picker.js")]);
if (has("[data-draft], [data-flashes], [data-forget-drafts]")) import("./draft.js");
