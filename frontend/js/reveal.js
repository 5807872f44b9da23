/* A password that one can look at: typing one on a phone is hard enough. */

for (const input of document.querySelectorAll("[data-reveal]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button second";
  button.textContent = input.dataset.reveal;
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.textContent = shown ? input.dataset.reveal : input.dataset.conceal;
  });
  input.form?.addEventListener("submit", () => {
    input.type = "password";
  });
  input.after(button);
}
