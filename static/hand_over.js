// Copying the link of a survey.
const copier = document.querySelector("[data-copies]");
const link = document.getElementById(copier.dataset.copies);
link.addEventListener("focus", () => link.select());
copier.hidden = !navigator.clipboard;
copier.addEventListener("click", async () => {
  await navigator.clipboard.writeText(link.value);
  document.querySelector("[data-copied]").textContent = copier.dataset.done;
});
