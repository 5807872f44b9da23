/* A form is sent once, however often the button is pressed; the button says that it is being sent. */

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post" || event.defaultPrevented) return;
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (!button?.dataset.progress) return;
  const words = button.querySelector("span") ?? button;
  button.dataset.words = words.textContent;
  words.textContent = button.dataset.progress;
  button.setAttribute("aria-disabled", "true");
});

// Coming back with the browser's arrow shows the page as it was left: its forms can be sent again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[data-words]")) {
      (button.querySelector("span") ?? button).textContent = button.dataset.words;
      delete button.dataset.words;
      button.removeAttribute("aria-disabled");
    }
  }
});
