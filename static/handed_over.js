// The device goes to somebody else: what is open in another tab may not stay on its screen. What was
// typed there is sealed in the browser already.
// One channel both tells and hears: it does not hear itself, and the tab that tells must go on to
// sign its worker out.
const channel = new BroadcastChannel("caseapp handed over");

channel.addEventListener("message", () => {
  document.documentElement.hidden = true;
  location.replace("/s");
});

document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action") === "/give/device") channel.postMessage("now");
});
