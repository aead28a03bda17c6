// Leaving fast, and no page out of the browser's memory. Every page works without this.
(() => {
  "use strict";
  const leave = document.getElementById("leave");
  const patience = 5000; // milliseconds for all three
  let shifts = [];

  const hide = () => document.documentElement.setAttribute("hidden", "");

  // Blank at once, however slow the way out is. The cookie ends the visit though we should never
  // hear of it. In place of this page, so that Back does not lead to it.
  const go = () => {
    hide();
    document.cookie = "left=yes; path=/s; samesite=strict";
    window.location.replace(leave.href);
  };

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

  // A page that was kept as it stood would show again what was chosen: it is kept blank, and
  // comes back as the server gives it now.
  window.addEventListener("pagehide", hide);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      window.location.reload();
    }
  });

  // A page that answers a form has what was typed in its place in the history: there it becomes
  // one that was only asked for.
  window.history.replaceState(null, "", window.location.href);

  const problem = document.querySelector("[autofocus]"); // for browsers that leave it alone
  if (problem) {
    problem.focus();
  }

  document.querySelectorAll(".scripted").forEach((each) => each.removeAttribute("hidden"));
})();
