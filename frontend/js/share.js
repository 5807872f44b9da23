/* The telephone's own menu for sharing, where there is one, and a button that copies the link. */

for (const row of document.querySelectorAll("[data-share]")) {
  const { title, address, copied } = row.dataset;
  const menu = row.querySelector("[data-share-menu]");
  const copy = row.querySelector("[data-share-copy]");
  const said = row.querySelector("[data-share-said]");
  if (navigator.share) {
    menu.hidden = false;
    menu.addEventListener("click", () => navigator.share({ title, url: address }).catch(() => {}));
  }
  if (navigator.clipboard) {
    const words = copy.textContent;
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(address);
      copy.textContent = said.textContent = copied;
      setTimeout(() => {
        copy.textContent = words;
        said.textContent = "";
      }, 4000);
    });
  }
}
