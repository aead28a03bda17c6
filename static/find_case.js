// Suggests cases while a few letters of a name are typed. The letters travel in the body of a POST
// and what comes back is kept in this page alone. Without this script the form is simply sent.
const PAUSE = 150; // milliseconds: somebody who types on does not ask for each letter
const FEWEST = 2; // letters: one would match half the team
const MOST = 8; // cases that are sent: there may be more

const box = document.querySelector("[data-find-case]");
const form = box.querySelector("form");
const input = form.querySelector("input[name=text]");
const list = form.querySelector("[role=listbox]");
const howMany = form.querySelector("[data-how-many]");

let waiting = 0; // the timer of the next question
let asked = ""; // the letters that the list is an answer to
let active = -1;

for (const [name, value] of Object.entries({
  role: "combobox",
  "aria-expanded": "false",
  "aria-controls": list.id,
  "aria-autocomplete": "list",
})) input.setAttribute(name, value);

const options = () => [...list.children];

function show(cases) {
  list.replaceChildren(...cases.map(suggestion));
  list.hidden = cases.length === 0;
  input.setAttribute("aria-expanded", String(cases.length > 0));
  const many = cases.length < MOST ? `${cases.length} found` : `The first ${MOST}: type more of the name for others`;
  howMany.textContent = cases.length ? `${many}. Press Enter for the first one, or the arrows` : "No open case found";
  choose(cases.length ? 0 : -1);
}

function suggestion({ url, name, about }, number) {
  const item = document.createElement("li");
  item.className = "app-suggestions__case";
  item.setAttribute("role", "option");
  item.id = `suggestion-${number}`;
  item.dataset.url = url;
  const who = document.createElement("bdi");
  who.textContent = name;
  const what = document.createElement("span");
  what.textContent = about;
  item.append(who, " ", what);
  return item;
}

function choose(number) {
  active = number;
  options().forEach((item, n) => item.setAttribute("aria-selected", String(n === number)));
  if (number < 0) input.removeAttribute("aria-activedescendant");
  else input.setAttribute("aria-activedescendant", options()[number].id);
}

function close() {
  show([]);
  howMany.textContent = "";
  asked = "";
}

async function ask() {
  const letters = input.value.trim();
  if (letters.length < FEWEST) return close();
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(new FormData(form)),
  });
  if (input.value.trim() !== letters) return; // typed on meanwhile: a newer question is under way
  if (!answer.ok || answer.redirected) return; // the session is over: sending the form says so
  asked = letters;
  show((await answer.json()).cases);
}

input.addEventListener("input", () => {
  clearTimeout(waiting);
  close();
  waiting = setTimeout(() => ask().catch(() => {}), PAUSE);
});

input.addEventListener("keydown", (event) => {
  const all = options();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && all.length) {
    event.preventDefault();
    choose((active + step + all.length) % all.length);
  } else if (event.key === "Escape") {
    close();
  } else if (event.key === "Enter" && active >= 0 && asked === input.value.trim()) {
    event.preventDefault(); // nobody is chosen unseen: without a list, Enter sends the form
    location.assign(all[active].dataset.url);
  }
});

list.addEventListener("mousedown", (event) => {
  const item = event.target.closest("[role=option]");
  if (item) location.assign(item.dataset.url);
});
