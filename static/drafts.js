// Nothing typed is lost: each change of a long form is sealed and kept in this browser until the
// server has taken the form. Every page works without this.
import { answersOf, gist, isChanged, isLost, putBack, recordOf, words } from "./draft_answers.js";
import { SignedOut, keep, list, openStore, remove, tidy } from "./draft_store.js";

const RETRY = 3000;
const PATIENCE = 10000;
const FORM = "form[data-never-drafted]";
const isAble = isSecureContext && Boolean(window.indexedDB && navigator.locks);
const part = (form, name) => form.querySelector(`[data-draft-part=${name}]`);
const settled = document.querySelector("meta[name=settled-drafts]")?.content.split(" ") ?? [];
const tidied = isAble && tidy(settled).catch(() => {}); // nothing kept, nothing to tidy

let opening = null; // one key a page
function store() {
  opening ??= openStore().catch((failure) => {
    opening = null;
    throw failure;
  });
  return opening;
}

// A lock lives as long as its page: it tells what is being typed elsewhere from what was left.
const lockOf = (id) => `caseapp draft ${id}`;

class Draft {
  constructor(form) {
    this.form = form;
    this.page = location.pathname + location.search;
    this.which = form.getAttribute("action") ?? "";
    this.title = document.querySelector("h1").textContent.trim();
    if (isAble) this.take(part(form, "id").value || crypto.randomUUID());
  }

  take(id, isKept = false) {
    [this.id, this.isKept] = [id, isKept];
    part(this.form, "id").value = id;
    navigator.locks.request(lockOf(id), () => new Promise(() => {}));
  }

  // With every input: nothing waits, and one seal at a time follows the typing.
  changed() {
    this.isDirty = true;
    this.form.dataset.draftState = "typing";
    this.saving ??= this.save().finally(() => (this.saving = null));
    return this.saving;
  }

  async save() {
    if (!isAble) return this.say("none");
    try {
      const opened = await store();
      while (this.isDirty) {
        this.isDirty = false;
        await this.keepIn(opened);
      }
    } catch (failure) {
      this.isDirty = true;
      this.say(failure instanceof SignedOut || failure instanceof TypeError ? "unsure" : failure.name === "QuotaExceededError" ? "full" : "none");
      setTimeout(() => this.changed(), RETRY);
    }
  }

  async keepIn(opened) {
    const answers = answersOf(this.form);
    if (!this.isKept && !isChanged(answers)) return this.say("");
    const { id, page, which, title } = this;
    await keep(opened, { id, page, which, title, record: recordOf(this.form), at: Date.now(), answers });
    this.isKept = true;
    if (!this.isDirty) this.say("kept");
  }

  say(state) {
    this.form.dataset.draftState = state;
    const line = part(this.form, "state");
    const text = line.dataset[state] ?? "";
    if (line.textContent !== text) line.textContent = text;
  }

  // What stands in the form already stays, as a draft of its own.
  async restore(left, offer) {
    await this.saving;
    this.take(left.id, true);
    const detail = left.answers.map(([name]) => name);
    this.form.dispatchEvent(new CustomEvent("draft-restoring", { bubbles: true, detail }));
    putBack(this.form, left.answers);
    offer?.remove();
    await this.changed();
  }

  async offerWhatWasLeft() {
    const opened = await store();
    await tidied;
    const { held } = await navigator.locks.query();
    const all = (await list(opened)).filter(({ id }) => !settled.includes(id));
    this.takeOver(all.find(({ id }) => id === this.id));
    for (const left of all.filter((each) => each.id !== this.id && each.page === this.page && each.which === this.which)) {
      const isTyped = held.some(({ name }) => name === lockOf(left.id));
      if (!isTyped && location.hash === `#draft-${left.id}`) await this.restore(left);
      else this.offer(opened, left, isTyped);
    }
    this.form.dataset.draftLooked = "yes";
  }

  // The form came back from the server: it shows all of its draft, unless it was cut.
  takeOver(own) {
    if (!own) return;
    [this.page, this.which, this.title, this.isKept] = [own.page, own.which, own.title, true];
    if (isLost(this.form, own.answers)) this.take(crypto.randomUUID());
  }

  offer(opened, left, isTyped) {
    const offer = part(this.form, isTyped ? "elsewhere" : "offer").content.firstElementChild.cloneNode(true);
    offer.querySelector("time").textContent = words.format(left.at);
    offer.querySelector("bdi").textContent = gist(left.answers);
    const press = (name, act) => offer.querySelector(`[data-${name}]`)?.addEventListener("click", act);
    press("restore", () => this.restore(left, offer));
    press("discard", () => remove(opened, left.id).then(() => offer.remove()));
    part(this.form, "offers").append(offer);
  }

  // The network is asked first: a browser that cannot send would put its own page in place of ours.
  async send(button) {
    if (this.isAsking) return;
    [this.isAsking, this.button] = [true, button];
    await this.saving;
    this.isSending = await canBeReached();
    this.isAsking = false;
    part(this.form, "unsent").hidden = this.isSending;
    this.isSending ? this.form.requestSubmit(button) : this.waitForNetwork();
  }

  // It only offers to send again: somebody may be in the middle of a sentence.
  async waitForNetwork(said = "away") {
    const { dataset, firstElementChild } = part(this.form, "unsent");
    firstElementChild.textContent = dataset[said];
    clearTimeout(this.watch);
    this.watch = said === "away" && setTimeout(async () => this.waitForNetwork((await canBeReached()) ? "back" : "away"), RETRY);
  }
}

async function canBeReached() {
  const asked = { method: "OPTIONS", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) };
  const answer = await fetch("/drafts/key", asked).catch(() => ({ status: 503 }));
  return answer.status < 500;
}

const drafts = new Map();

function draftOf(form) {
  if (form?.matches?.(FORM) && !drafts.has(form)) drafts.set(form, begin(form));
  return drafts.get(form);
}

function begin(form) {
  const draft = new Draft(form);
  for (const box of form.querySelectorAll("input[type=file]")) box.after(part(form, "file").content.cloneNode(true));
  part(form, "unsent").querySelector("button").addEventListener("click", () => form.requestSubmit(draft.button));
  const ready = isAble ? draft.offerWhatWasLeft().catch(() => {}) : Promise.resolve();
  ready.then(() => isChanged(answersOf(form)) ? draft.changed() : isAble || draft.say("none"));
  return draft;
}

for (const name of ["input", "change"]) addEventListener(name, ({ target }) => draftOf(target.form)?.changed());

document.addEventListener("submit", (event) => {
  const draft = draftOf(event.target);
  if (!draft || event.defaultPrevented || draft.isSending) return;
  event.preventDefault();
  draft.send(event.submitter);
});

addEventListener("beforeunload", (event) => {
  if ([...drafts.values()].some((draft) => draft.isDirty && !draft.isSending)) event.preventDefault();
});

document.querySelectorAll(FORM).forEach(draftOf);
