// The device goes to somebody else: what is open in this tab may not stay on its screen. What was
// typed here is sealed in the browser already.
new BroadcastChannel("caseapp handed over").addEventListener("message", () => {
  document.documentElement.hidden = true;
  location.replace("/s");
});
