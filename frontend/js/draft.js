/*
 * What is being typed is kept on the phone, per form, whatever the language of the page, and offered again.
 *
 * A draft belongs to the form as the server first gave it: once the server gives other values (the form was saved, or came
 * back refused with everything in it), the draft has nothing left to save. A form that stays empty on the server (a new
 * project) is over when the page after it says that something was done.
 */

const PREFIX = "twiza-draft:";
const DAYS = 30;
const NEVER = new Set(["password", "hidden", "file", "submit", "button"]);
const words = document.body.dataset;

const store = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  },
  write(key, draft) {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
      return true;
    } catch {
      return false; // Full, or private browsing: nothing is promised then.
    }
  },
  keys: () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)),
};

const isTick = (field) => field.type === "checkbox" || field.type === "radio";

function fieldsOf(form) {
  return [...form.elements].filter(
    (field) => field.name && field.type !== "fieldset" && (!NEVER.has(field.type) || field.closest("[data-commune]")),
  );
}

function valuesOf(form) {
  return fieldsOf(form).map((field) =>
    isTick(field)
      ? { name: field.name, value: field.value, checked: field.checked }
      : { name: field.name, value: field.value },
  );
}

/** As the server gave the field, whatever was typed before this script arrived. */
function givenOf(field) {
  if (isTick(field)) return { name: field.name, value: field.value, checked: field.defaultChecked };
  if (!field.options) return { name: field.name, value: field.defaultValue };
  const option = [...field.options].find((one) => one.defaultSelected) ?? field.options[0];
  return { name: field.name, value: option?.value ?? "" };
}

function isUntouched(field) {
  const given = givenOf(field);
  return isTick(field) ? field.checked === given.checked : field.value === given.value;
}

/** The words of the chips that were added here: the page does not know them when it comes again. */
function chipsOf(form) {
  return [...form.querySelectorAll("[data-picked] input:checked")].map((field) => ({
    name: field.name,
    value: field.value,
    text: field.parentElement.textContent.trim(),
  }));
}

function restore(form, draft) {
  for (const chip of draft.chips) form.dispatchEvent(new CustomEvent("restorechip", { detail: chip }));
  const waiting = draft.values.slice();
  for (const field of fieldsOf(form)) {
    const at = waiting.findIndex(
      (kept) => kept.name === field.name && (isTick(field) ? kept.value === field.value : kept.checked === undefined),
    );
    if (at < 0) continue;
    const [kept] = waiting.splice(at, 1);
    if (!isUntouched(field)) continue;
    if (isTick(field)) field.checked = kept.checked;
    else field.value = kept.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function line() {
  const paragraph = document.createElement("p");
  paragraph.className = "draft";
  paragraph.setAttribute("role", "status");
  return paragraph;
}

function keep(form) {
  const address = new URL(form.getAttribute("action") || location.href, location.href);
  const key = PREFIX + address.pathname.replace(/^\/(fr|ar)(?=\/)/, "");
  const given = JSON.stringify(fieldsOf(form).map(givenOf));
  const said = line();
  form.append(said);

  const draft = store.read(key);
  if (draft?.given === given) {
    restore(form, draft);
    store.write(key, { ...draft, sent: false });
    const discard = document.createElement("button");
    discard.type = "button";
    discard.className = "button quiet";
    discard.textContent = words.draftDiscard;
    discard.addEventListener("click", () => {
      localStorage.removeItem(key);
      location.replace(location.href);
    });
    const found = line();
    form.prepend(found);
    found.append(words.draftFound, " ", discard);
  } else if (draft) {
    localStorage.removeItem(key);
  }

  let timer = 0;
  const save = (sent) => {
    clearTimeout(timer);
    const values = valuesOf(form);
    if (JSON.stringify(values) === given) return;
    const kept = store.write(key, { given, values, chips: chipsOf(form), sent, at: Date.now() });
    if (kept && !sent) said.replaceChildren(words.draftKept);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 600, false);
  });
  form.addEventListener("submit", () => save(true));
}

function sweep() {
  const done = document.querySelector("[data-flashes] .done");
  for (const key of store.keys()) {
    const draft = store.read(key);
    if (!draft || (done && draft.sent) || Date.now() - draft.at > DAYS * 86_400_000) localStorage.removeItem(key);
  }
}

try {
  sweep();
  for (const form of document.querySelectorAll("form[data-draft]")) keep(form);
  // A phone is lent: what was typed leaves with the person.
  for (const form of document.querySelectorAll("form[data-forget-drafts]")) {
    form.addEventListener("submit", () => store.keys().forEach((key) => localStorage.removeItem(key)));
  }
} catch (problem) {
  console.warn(problem); // A browser without storage still has its forms.
}
