/* A button that copies the words of a field; without the clipboard it stays hidden, and they are selected by hand. */

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  const words = button.querySelector("span");
  const said = words.textContent;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    words.textContent = button.dataset.copied;
    setTimeout(() => { words.textContent = said; }, 2000);
  });
}
