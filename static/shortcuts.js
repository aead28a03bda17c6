// Alt and the letter of a control work alike in every browser (Firefox and Safari ask for more
// keys). What is half typed on this page stays: then a link opens beside it.
let isTyped = false;
document.addEventListener("input", () => { isTyped = true; });
document.addEventListener("submit", () => { isTyped = false; });

document.addEventListener("keydown", (event) => {
  const isPlainAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!isPlainAlt || event.repeat || event.getModifierState("AltGraph")) return;
  const letter = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
  const control = letter && document.querySelector(`[accesskey="${letter}"]`);
  if (!control) return;
  event.preventDefault();
  if (isTyped && control.href && control.href !== location.href) window.open(control.href, "_blank", "noopener");
  else control.click();
});
