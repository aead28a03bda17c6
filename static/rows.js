// Rows of a form (steps, places, people): "More rows" adds them here, without a round to the server,
// and a draft that held more rows than the page gets them back. Every page works without this.
const AT_ONCE = 3;
const box = (field) => field.closest(".app-rows");
const rowsOf = (group) => [...group.querySelectorAll(".app-row")];
const buttonOf = (group) => group.querySelector("button[name=more]");

// NAME-2-BOX → NAME-3-BOX, in every attribute that names the row.
function renumber(row, from, to, name) {
  const was = `${name}-${from}-`;
  for (const part of row.querySelectorAll("*")) {
    for (const { name: attribute, value } of [...part.attributes]) {
      if (value.includes(was)) part.setAttribute(attribute, value.replaceAll(was, `${name}-${to}-`));
    }
  }
  row.setAttribute("aria-label", row.getAttribute("aria-label").replace(/\d+$/, to + 1));
}

function empty(row) {
  for (const part of row.querySelectorAll(".govuk-error-message, .app-word-count, [name=somebody_else]")) {
    (part.closest(".govuk-checkboxes") ?? part).remove();
  }
  for (const part of row.querySelectorAll("[class*=--error]")) part.className = part.className.replace(/\S+--error/g, "");
  for (const field of row.querySelectorAll("input, select")) {
    field.removeAttribute("aria-describedby");
    field.removeAttribute("autofocus");
    if (field.type === "checkbox") field.checked = field.defaultChecked = false;
    else if (field.tagName === "SELECT") for (const option of field.options) option.selected = option.defaultSelected = option.index === 0;
    else field.value = field.defaultValue = "";
  }
}

function addRow(group) {
  const rows = rowsOf(group);
  const last = rows[rows.length - 1];
  const row = last.cloneNode(true);
  empty(row);
  renumber(row, rows.length - 1, rows.length, buttonOf(group).value);
  last.after(row);
  if (rows.length + 1 >= Number(group.dataset.most)) buttonOf(group).hidden = true;
  return row;
}

const isFull = (group) => rowsOf(group).length >= Number(group.dataset.most);

document.addEventListener("click", (event) => {
  const button = event.target.closest?.(".app-rows button[name=more]");
  if (!button) return;
  event.preventDefault();
  const group = box(button);
  const added = [];
  while (added.length < AT_ONCE && !isFull(group)) added.push(addRow(group));
  added[0]?.querySelector("input, select").focus();
});

// What is put back from a draft may stand in rows that this page does not have yet.
document.addEventListener("draft-restoring", ({ target, detail }) => {
  for (const group of target.querySelectorAll(".app-rows")) {
    const row = new RegExp(`^${buttonOf(group)?.value}-(\\d+)-`);
    const needed = Math.max(0, ...detail.map((name) => Number(row.exec(name)?.[1] ?? -1) + 1));
    while (rowsOf(group).length < needed && !isFull(group)) addRow(group);
  }
});
