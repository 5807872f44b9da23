/* A form is sent once, however often the button is pressed; the button says that it is being sent. */

const PATIENCE = 20_000; // After that the network is taken for lost, and one may try again.

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.getAttribute("method") !== "post" || event.defaultPrevented) return;
  form.dataset.sent = "yes";
  setTimeout(release, PATIENCE, form);
  const button = event.submitter;
  if (!button?.dataset.progress) return;
  const words = button.querySelector("span") ?? button;
  button.dataset.words = words.textContent;
  words.textContent = button.dataset.progress;
  button.setAttribute("aria-disabled", "true");
});

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[data-words]")) {
    (button.querySelector("span") ?? button).textContent = button.dataset.words;
    delete button.dataset.words;
    button.removeAttribute("aria-disabled");
  }
}

// Coming back with the browser's arrow shows the page as it was left: its forms can be sent again.
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});
