// What a form holds, as plain data, and back again.
const OURS = ["record_id", "revision", "seen"]; // hidden, and needed to save later what was typed
const UNKEPT = ["hidden", "password", "file", "submit", "button", "reset", "image", "fieldset", "output"];
export const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "Europe/London" });

const isOurs = (box) => box.type === "hidden" && OURS.includes(box.name.split("-").pop());
const isTick = (box) => box.type === "checkbox" || box.type === "radio";
// On the page of a conflict: as before it, so that a draft of it cannot pass over the question.
const before = (box) => box.form.elements[`before-${box.name}`]?.value;
const value = (box) => (isTick(box) ? box.checked : before(box) ?? box.value);
const keyOf = (box) => (isTick(box) ? `${box.name}=${box.value}` : box.name);

function boxes(form) {
  const never = form.dataset.neverDrafted.split(" ");
  const isTyped = (box) => !UNKEPT.includes(box.type) && !never.includes(box.name);
  return [...form.elements].filter((box) => box.name && (isOurs(box) || isTyped(box)));
}

// [name, value, did a person change it] of each box, in the order of the form.
export const answersOf = (form) => boxes(form).map((box) => [keyOf(box), value(box), !isOurs(box) && value(box) !== given(box)]);
export const recordOf = (form) => boxes(form).find((box) => box.name.endsWith("record_id"))?.value ?? "";
export const isChanged = (answers) => answers.some(([, , changed]) => changed);

// What the page came with: a browser that fills a reloaded page by itself has changed it too.
function given(box) {
  if (isTick(box)) return box.defaultChecked;
  if (box.type !== "select-one") return box.defaultValue;
  return [...box.options].find((option) => option.defaultSelected)?.value ?? box.options[0]?.value;
}

export function putBack(form, answers) {
  const waiting = new Map();
  for (const [name, text] of answers) waiting.set(name, [...(waiting.get(name) ?? []), text]);
  for (const box of boxes(form).reverse()) {
    const text = waiting.get(keyOf(box))?.pop();
    if (text === undefined || text === value(box)) continue;
    isTick(box) ? (box.checked = text) : (box.value = text);
    if (isOurs(box)) continue;
    box.closest("details")?.setAttribute("open", "");
    box.dispatchEvent(new Event("change", { bubbles: true }));
    box.focus(); // the first one in the end
  }
}

const tidy = (text) => text.normalize("NFC").replace(/\s+/gu, " ").trim();
const typed = (answers) => answers.filter(([, text, changed]) => changed && text.length).map(([, text]) => tidy(text));

// Whether the page shows less than was typed: the server gave back a shorter text, say.
export function isLost(form, answers) {
  const shown = new Set(boxes(form).map((box) => tidy(box.value)));
  return typed(answers).some((text) => !shown.has(text));
}

// The longest answer: what its writer knows it by.
export const gist = (answers) => typed(answers).sort((one, other) => other.length - one.length)[0]?.slice(0, 120) ?? "";
