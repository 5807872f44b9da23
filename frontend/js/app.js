/* Improves pages that already work without it. Each module attaches itself to its own data-… attributes. */
import "./once.js";
