// The page of drafts. A draft whose form is gone can still be read and copied here.
import { words } from "./draft_answers.js";
import { list, openStore, remove } from "./draft_store.js";

const place = document.getElementById("drafts");
const copy = (name) => document.importNode(document.querySelector(`[data-draft-part=${name}]`).content, true).firstElementChild;

function show(store, draft) {
  const card = copy("draft");
  const link = card.querySelector("[data-open]");
  link.href = `${draft.page}#draft-${draft.id}`;
  link.textContent = draft.title;
  card.querySelector("time").textContent = words.format(draft.at);
  const typed = draft.answers.filter(([, text, changed]) => changed && text !== false);
  card.querySelector("dl").append(...typed.flatMap(([name, text]) => pair(name, text)));
  card.querySelector("[data-discard]").addEventListener("click", () => discard(store, draft, card));
  place.append(card);
}

// Its question in words, as the page of a form that came too late shows it.
function pair(name, text) {
  const [question, answer] = [document.createElement("dt"), document.createElement("dd")];
  const [field, tick] = name.split("=");
  question.textContent = field.replaceAll("_", " ").replaceAll("-", ": ").replace(/^./, (letter) => letter.toUpperCase());
  answer.textContent = text === true ? tick.replaceAll("_", " ") : text;
  answer.className = "app-typed";
  answer.dir = "auto";
  return [question, answer];
}

async function discard(store, draft, card) {
  await remove(store, draft.id);
  card.remove();
  if (!place.children.length) place.append(copy("none"));
}

async function fill() {
  const store = await openStore();
  const drafts = await list(store);
  for (const draft of drafts) show(store, draft);
  if (!drafts.length) place.append(copy("none"));
}

fill().catch(() => place.append(copy("failed")));
