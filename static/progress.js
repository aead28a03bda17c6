// Says how far a piece of work is while its page is open. Only one line changes, so that nobody
// loses their place. Without this script there is the link to look again.
const PAUSE = 5000; // milliseconds: a screen reader reads each answer out

const line = document.querySelector("[data-progress]");
const link = document.querySelector("[data-look-again]");
const bar = document.querySelector("[data-progress-bar]"); // not every page has one

// Such a question keeps no session alive: perhaps nobody sits before the page.
async function look() {
  const answer = await fetch(location.href, { headers: { "X-By-Itself": "yes" } });
  if (answer.redirected || !answer.ok) return; // the session is over: the link says so
  if (answer.status === 204) return end();
  const words = await answer.text();
  if (words !== line.textContent) line.textContent = words;
  if (bar) bar.value = Number(answer.headers.get("X-Done"));
  later();
}

function end() {
  line.textContent = "This has ended.";
  if (bar) bar.remove();
  link.textContent = "See what came of it";
}

function later() {
  setTimeout(() => look().catch(later), PAUSE); // without a network: ask again
}

later();
