/* How many characters are written, of how many; nothing is cut, too many is said here and refused by the server. */

let made = 0;

for (const field of document.querySelectorAll("[data-count]")) {
  const most = Number(field.dataset.count);
  const said = document.createElement("p");
  said.className = "count";
  said.id = `count-${++made}`;
  const figures = document.createElement("span");
  figures.className = "ltr";
  said.append(figures);
  field.after(said);
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), said.id].filter(Boolean).join(" "));
  const digits = new Intl.NumberFormat(document.documentElement.lang === "ar" ? "ar-MA-u-nu-latn" : "fr-MA");

  const count = () => {
    const written = [...field.value].length;
    figures.textContent = `${digits.format(written)} / ${digits.format(most)}`;
    said.classList.toggle("over", written > most);
    // One is told only when it starts to matter.
    said.hidden = written < most * 0.7;
  };
  field.addEventListener("input", count);
  field.addEventListener("change", count);
  count();
}
