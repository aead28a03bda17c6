// Copying the link of a survey, and handing over the device.
const copier = document.querySelector("[data-copies]");
const link = document.getElementById(copier.dataset.copies);
link.addEventListener("focus", () => link.select());
copier.hidden = !navigator.clipboard;
copier.addEventListener("click", async () => {
  await navigator.clipboard.writeText(link.value);
  document.querySelector("[data-copied]").textContent = copier.dataset.done;
});

// What Back leads to afterwards: not this page, which came with a form that would be sent again.
document.querySelector("form[action$='/give/device']").addEventListener("submit", () => {
  history.replaceState(null, "", "/s");
});
