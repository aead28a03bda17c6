// Drafts at rest in this browser, sealed: the key comes from the server, to a live session alone,
// cannot be taken out of the page again, and is forgotten with it.
const PREFIX = "caseapp drafts ";
const ROWS = "drafts";
const KEY_BYTES = 32;
const DAY = 24 * 60 * 60 * 1000;
const KEPT_DAYS = 30;
const LEAST = 1024; // what a sealed part is padded to at least; then twice that, and so on

export class SignedOut extends Error {}

// The store of whoever is signed in. Throws SignedOut, TypeError (no network), or what the browser
// says where it keeps nothing.
export async function openStore() {
  const token = document.querySelector("[name=csrf_token]").value;
  const words = { method: "POST", headers: { "X-CSRFToken": token }, cache: "no-store", redirect: "manual" };
  const answer = await fetch("/drafts/key", words);
  if (!answer.ok) throw new SignedOut();
  const given = new Uint8Array(await answer.arrayBuffer());
  const key = await crypto.subtle.importKey("raw", given.subarray(0, KEY_BYTES), "AES-GCM", false, ["encrypt", "decrypt"]);
  const name = Array.from(given.subarray(KEY_BYTES), (byte) => byte.toString(16).padStart(2, "0")).join("");
  given.fill(0);
  return { key, name, database: await openDatabase(PREFIX + name) };
}

// `draft`: id, page (its address), which (form of that page), record, title, at, answers.
export async function keep(store, { id, answers, ...head }) {
  const sealed = {
    id,
    day: today(),
    head: await seal(store, ["head", id], head),
    body: await seal(store, bodyPlace(id, head), answers),
  };
  await write(store.database, (rows) => rows.put(sealed));
}

// Every draft that opens, the newest first; what is damaged or another's is passed over.
export async function list(store) {
  const rows = await read(store.database);
  const opened = await Promise.all(rows.map((row) => openRow(store, row).catch(() => null)));
  return opened.filter(Boolean).sort((one, other) => other.at - one.at);
}

export const remove = (store, id) => write(store.database, (rows) => rows.delete(id));

// Without any key: drafts that the server has taken, and those that are too old, whoever's.
export async function tidy(settled) {
  const all = await indexedDB.databases();
  for (const { name } of all.filter((each) => each.name.startsWith(PREFIX))) {
    const database = await openDatabase(name);
    const old = (await read(database)).filter((row) => row.day < today() - KEPT_DAYS).map((row) => row.id);
    if (settled.length + old.length) await write(database, (rows) => [...settled, ...old].forEach((id) => rows.delete(id)));
    database.close();
  }
}

async function openRow(store, row) {
  const head = await open(store, ["head", row.id], row.head);
  return { id: row.id, ...head, answers: await open(store, bodyPlace(row.id, head), row.body) };
}

const today = () => Math.floor(Date.now() / DAY);
const bodyPlace = (id, head) => ["body", id, head.page, head.which, head.record];
const place = (store, parts) => new TextEncoder().encode(JSON.stringify([1, store.name, ...parts]));

async function seal(store, parts, content) {
  const plain = padded(new TextEncoder().encode(JSON.stringify(content)));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: place(store, parts) };
  return { iv, sealed: await crypto.subtle.encrypt(how, store.key, plain) };
}

async function open(store, parts, { iv, sealed }) {
  const how = { name: "AES-GCM", iv, additionalData: place(store, parts) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, store.key, sealed)));
}

// With spaces, which JSON passes over.
function padded(bytes) {
  let size = LEAST;
  while (size < bytes.length) size *= 2;
  const whole = new Uint8Array(size).fill(32);
  whole.set(bytes);
  return whole;
}

function openDatabase(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(ROWS, { keyPath: "id" });
  return answerOf(request);
}

function write(database, change) {
  const transaction = database.transaction(ROWS, "readwrite", { durability: "strict" });
  change(transaction.objectStore(ROWS));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}

const read = (database) => answerOf(database.transaction(ROWS).objectStore(ROWS).getAll());

function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
