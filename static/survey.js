// Leaving fast, and no page out of the browser's memory. Every page works without this.
(() => {
  "use strict";
  const leave = document.getElementById("leave");
  const patience = 2000; // milliseconds for all three
  let shifts = [];

  // In place of this page, so that Back does not lead to it.
  const go = () => window.location.replace(leave.href);

  leave.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });

  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      shifts = [];
      return;
    }
    shifts = [...shifts, event.timeStamp].filter((at) => event.timeStamp - at < patience);
    if (shifts.length === 3) {
      go();
    }
  });

  // A page that was kept as it stood would show again what was chosen.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      window.location.reload();
    }
  });

  document.querySelectorAll(".scripted").forEach((each) => each.removeAttribute("hidden"));
})();
