/* Improves pages that already work without it. Each module attaches itself to its own data-… attributes. */
import "./commune.js";
import "./picker.js";
import "./count.js";
import "./draft.js"; // after the fields that it fills in
import "./focus.js";
import "./menu.js";
import "./once.js";
import "./reveal.js";
