/* A refused form begins at its list of errors. */
document.querySelector("[data-focus]")?.focus();
