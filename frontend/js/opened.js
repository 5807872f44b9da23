/* Tells that a link somebody sent on was opened: once the page is seen, which previews and pages loaded in advance are not. */

const form = document.querySelector("[data-opened]");
const tell = () => {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", tell);
  navigator.sendBeacon?.(form.action, new URLSearchParams({ once: form.elements.once.value }));
};
document.addEventListener("visibilitychange", tell);
tell();
