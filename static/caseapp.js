// Switches on what needs a script. Every page works without it.
import { initAll } from "./vendor/govuk-frontend/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

// A table that is wider than the screen scrolls by itself, and must do so from the keyboard too.
function letItScroll(box) {
  if (box.scrollWidth > box.clientWidth) {
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", box.querySelector("caption").textContent);
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
  }
}

const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => letItScroll(target)));
for (const box of document.querySelectorAll(".app-table")) {
  letItScroll(box);
  observer.observe(box);
}

// A form larger than the server takes would be refused after the send, and the text with it:
// say so before, beside the button, and keep everything in its box.
const LARGEST = 1000000;

function size(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  return new Blob([new URLSearchParams(pairs).toString()]).size;
}

function refuse(form) {
  let message = form.querySelector(".app-too-long");
  if (!message) {
    message = document.createElement("p");
    message.className = "govuk-error-message app-too-long";
    message.setAttribute("role", "alert");
    form.append(message);
  }
  message.textContent = "There is too much text in this form to save. Shorten the longest answer. Nothing you typed is lost.";
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "post" && size(form) > LARGEST) {
    event.preventDefault();
    refuse(form);
  }
});
