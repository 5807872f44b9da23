/* The commune field: what is chosen in the list travels as its code, what is typed afterwards forgets it. */
import { combobox } from "./combobox.js";

for (const box of document.querySelectorAll("[data-commune]")) {
  const input = box.querySelector("input");
  // The server found several communes of that name: its radio buttons hold the code, and are the choice.
  const choices = box.parentElement.querySelector("[data-commune-choices]");
  let code = box.querySelector("[type=hidden]");
  if (!code) {
    code = document.createElement("input");
    code.type = "hidden";
    code.name = box.dataset.codeName;
    code.disabled = true;
    box.append(code);
  }
  // Known only to this script: without it a code left behind would outlive the name that one corrects.
  code.value = code.dataset.code ?? "";
  const retype = () => {
    code.value = "";
    if (!choices || choices.hidden) return;
    choices.hidden = true;
    choices.disabled = true;
    code.disabled = false;
  };
  input.addEventListener("input", retype);
  combobox(input, {
    find: box.dataset.find,
    says: { some: box.dataset.some, none: box.dataset.none },
    chosen(option) {
      input.value = option.label;
      retype();
      code.value = option.code;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
}
