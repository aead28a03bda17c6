// The library of pictures on the page of words and pictures: a button beside each idea opens it, a
// word narrows it, the arrows choose. What is chosen goes into the list that stands there without
// this script.
const library = document.getElementById("picture-library");
const form = library.querySelector("form");
const search = document.getElementById("find-picture");
const howMany = library.querySelector("[data-how-many]");
const all = [...library.querySelectorAll("[data-words]")].map((item) => ({
  item,
  radio: item.querySelector("input"),
  label: item.querySelector("span"),
  image: item.querySelector("img"),
  words: item.dataset.words ? wordsOf(`${item.dataset.words} ${item.textContent}`) : [], // no word finds "as suggested"
}));
const byCode = new Map(all.map((picture) => [picture.radio.value, picture]));
let choosing = null; // the list whose picture is being chosen

function wordsOf(text) {
  return text.normalize("NFKC").toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u).filter(Boolean);
}

// "keys" finds key, and "ke" does too.
const fits = (typed, word) => word.startsWith(typed) || (word.length > 2 && typed.startsWith(word));

const shown = () => all.filter(({ item }) => !item.hidden);
const chosen = () => shown().find(({ radio }) => radio.checked);

function narrow() {
  const typed = wordsOf(search.value);
  for (const { item, words } of all) item.hidden = !typed.every((one) => words.some((word) => fits(one, word)));
  const found = shown();
  if (typed.length && found.length && !chosen()) found[0].radio.checked = true;
  say(chosen() ? `. Chosen: ${chosen().label.textContent}` : "");
}

function say(more) {
  const many = shown().filter(({ radio }) => radio.value).length;
  howMany.textContent = many ? `${many === 1 ? "1 picture" : `${many} pictures`}${more}` : "No picture found. Try another word";
}

function open(row, list) {
  choosing = list;
  const suggested = byCode.get(row.dataset.suggested);
  const first = byCode.get("");
  first.image.src = suggested.image.src;
  first.label.textContent = `As its words suggest: ${suggested.label.textContent}`;
  library.querySelector("[data-idea]").textContent = row.querySelector(".app-idea__words").innerText;
  search.value = "";
  byCode.get(list.value).radio.checked = true;
  narrow();
  library.showModal();
  byCode.get(list.value).item.scrollIntoView({ block: "nearest" });
}

function show(row, list) {
  const { image, label } = byCode.get(list.value || row.dataset.suggested);
  row.querySelector("[data-picture]").src = image.src;
  row.querySelector("[data-picture-name]").textContent = label.textContent;
}

for (const row of document.querySelectorAll("[data-picture-choice]")) {
  const list = row.querySelector("select");
  const button = row.querySelector("[data-change]");
  if (!byCode.has(list.value) || list.matches(".govuk-select--error")) continue;
  row.querySelector("[data-list]").hidden = true;
  button.hidden = false;
  button.addEventListener("click", () => open(row, list));
  list.addEventListener("change", () => show(row, list)); // a draft that was put back, too
}

search.addEventListener("input", narrow);
form.addEventListener("change", () => say("")); // the arrows say themselves what they choose
library.querySelector("[data-cancel]").addEventListener("click", () => library.close());

form.addEventListener("submit", (event) => {
  if (!chosen()) return event.preventDefault(); // nothing is found: nothing to use
  choosing.value = chosen().radio.value;
  choosing.dispatchEvent(new Event("change", { bubbles: true }));
});
