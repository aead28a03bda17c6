// Alt and the letter of a control work alike in every browser: Firefox and Safari ask for more
// keys, so they are helped; Chromium has done it by the time that we hear of the key.
document.addEventListener("keydown", (event) => {
  const isPlainAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!isPlainAlt || event.defaultPrevented || event.repeat || event.getModifierState("AltGraph")) return;
  const letter = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : "";
  const control = letter && document.querySelector(`[accesskey="${letter}"]`);
  if (!control) return;
  event.preventDefault();
  control.click();
});

// What is half typed on a page stays there: then a link with a key opens beside it.
let isTyped = false;
document.addEventListener("input", () => { isTyped = true; });
document.addEventListener("submit", () => { isTyped = false; });
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[accesskey]");
  if (!link || !isTyped || link.pathname === location.pathname) return;
  event.preventDefault();
  window.open(link.href, "_blank", "noopener");
});
