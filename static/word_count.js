// Says beside a box of a plan when a sentence in it is long, once the typing pauses. Without this
// script the page of words and pictures says so after the save.
import { LONGEST, tooLong } from "./easy_read.js";

const PAUSE = 1000; // milliseconds: nobody is told of a sentence that they are still typing
const BOXES = "[data-count-words], .app-rows input[type=text]";
const counts = new WeakMap(); // box -> where its count stands
let waiting = 0;

function countOf(box) {
  if (!counts.has(box)) counts.set(box, newCount(box));
  return counts.get(box);
}

function newCount(box) {
  const line = document.createElement("div");
  line.className = "govuk-hint app-word-count";
  line.setAttribute("aria-live", "polite");
  box.after(line);
  return line;
}

function count(box) {
  const many = tooLong(box.value).length;
  const words = `${many === 1 ? "1 sentence is" : `${many} sentences are`} over ${LONGEST} words. Short ones are easier to read.`;
  const line = countOf(box);
  if (line.textContent !== (many ? words : "")) line.textContent = many ? words : "";
}

for (const box of document.querySelectorAll(BOXES)) if (tooLong(box.value).length) count(box);

document.addEventListener("focusin", ({ target }) => target.matches(BOXES) && countOf(target));
document.addEventListener("input", ({ target }) => {
  if (!target.matches(BOXES)) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => count(target), PAUSE);
});
document.addEventListener("change", ({ target }) => target.matches(BOXES) && count(target));
