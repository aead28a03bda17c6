// Copying the link, and telling the other tabs that the device goes to somebody else.
const copier = document.querySelector("[data-copies]");
const link = document.getElementById(copier.dataset.copies);
link.addEventListener("focus", () => link.select());
copier.hidden = !navigator.clipboard;
copier.addEventListener("click", async () => {
  await navigator.clipboard.writeText(link.value);
  document.querySelector("[data-copied]").textContent = copier.dataset.done;
});

const handsOver = document.querySelector("form[action$='/give/device']");
handsOver.addEventListener("submit", () => new BroadcastChannel("caseapp handed over").postMessage("now"));
