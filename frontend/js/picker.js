/* Chips that one ticks and adds: a proposal taken, or Enter, or a comma, makes one more chip, already ticked. */
import { combobox } from "./combobox.js";

for (const box of document.querySelectorAll("[data-picker]")) {
  const input = box.querySelector(".combobox input");
  const picked = box.querySelector("[data-picked]");
  const { name, find, some, none } = box.dataset;

  const add = (inputName, value, text) => {
    const same = [...picked.querySelectorAll("input")].find(
      (other) => (other.name === inputName && other.value === value) || other.parentElement.textContent.trim() === text,
    );
    if (same) {
      same.checked = true;
    } else {
      const chip = document.createElement("label");
      chip.className = "chip pick";
      const tick = Object.assign(document.createElement("input"), { type: "checkbox", name: inputName, value, checked: true });
      const words = document.createElement("span");
      words.dir = "auto";
      words.textContent = text;
      chip.append(tick, words);
      const item = document.createElement("li");
      item.append(chip);
      picked.append(item);
    }
    input.value = "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const addTyped = () => {
    for (const words of input.value.split(/[,،\n]/)) {
      if (words.trim()) add(`${name}_new`, words.trim(), words.trim());
    }
    input.value = "";
  };

  if (find) {
    combobox(input, { find, says: { some, none }, chosen: (option) => add(name, String(option.code), option.label) });
  }
  // A draft names chips that the page does not have.
  input.form?.addEventListener("restorechip", ({ detail }) => {
    if (detail.name === name || detail.name === `${name}_new`) add(detail.name, detail.value, detail.text);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !input.value.trim()) return;
    event.preventDefault(); // Enter adds the word, it does not send the form.
    addTyped();
  });
  input.addEventListener("input", () => {
    if (/[,،]$/.test(input.value)) addTyped();
  });
}
