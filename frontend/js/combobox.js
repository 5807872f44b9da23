/* A text input that proposes while one types, by keyboard, finger or screen reader (the ARIA combobox with a list). */

let made = 0;

/**
 * `find` is an address that answers ?q=… with [{code, label}]; `chosen(option)` is called with the one taken.
 * `says` are the sentences {some, none} that a screen reader hears when the list changes.
 */
export function combobox(input, { find, chosen, says }) {
  const list = document.createElement("ul");
  list.id = `options-${++made}`;
  list.className = "options";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", labelOf(input));
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  input.after(list, status);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  let options = [];
  let active = -1;
  let asked = "";
  let timer = 0;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const show = (found) => {
    options = found;
    active = -1;
    list.replaceChildren(
      ...found.map((option, index) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${index}`;
        item.dir = "auto";
        item.textContent = option.label;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        return item;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    input.removeAttribute("aria-activedescendant");
    status.textContent = found.length ? says.some : says.none;
  };

  const move = (to) => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = (to + options.length) % options.length;
    const item = list.children[active];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  };

  const take = (index) => {
    const option = options[index];
    clearTimeout(timer);
    asked = "";
    status.textContent = "";
    close();
    chosen(option);
  };

  const ask = async () => {
    const words = input.value.trim();
    if (words === asked) return;
    asked = words;
    if (words.length < 2) {
      status.textContent = "";
      close();
      return;
    }
    const address = new URL(find, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      // A slow answer to what is no longer written is dropped.
      if (answer.ok && asked === words) show(await answer.json());
    } catch {
      close(); // No network: what is typed is sent as it is, and the server looks it up.
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 180);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown") move(active + 1);
    else if (event.key === "ArrowUp") move(active < 0 ? options.length - 1 : active - 1);
    else if (event.key === "Enter" && active >= 0) take(active);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  });
  // The list must not take the focus away before the click arrives.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) take([...list.children].indexOf(item));
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    asked = "";
    close();
  });
}

function labelOf(input) {
  return input.labels[0]?.textContent.trim() ?? "";
}
