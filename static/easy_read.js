// The sentences of what is typed, and their words: the rules of caseapp/documents/easy_read.py.
// A test holds the two together.
export const LONGEST = 15;

const LINES = /\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;
const END = /(?:(?<![!?؟۔])[!?؟۔]+|(?<!\.)\.)["'”’»)\]]*(?=\s+(\S))/dgu;
const BULLET = /^[-–—•*·]\s+/u;
const OPENING = /^[(["'“‘«¿¡]+/u;
const GOES_ON = "mr mrs ms mx dr prof rev st e.g i.e eg ie vs tel ext sr sra srta dra mme mlle av p.ex".split(" ");
const MAY_GO_ON = "etc a.m p.m rd ave ln approx mob hrs".split(" ");
const BEFORE_A_NUMBER = "no nos nr núm p".split(" ");
const LONGEST_ABBREVIATION = 12;

const hasLetters = (text) => /[\p{L}\p{N}]/u.test(text);

export const ideasOf = (text) => text.split(LINES).flatMap((line) => sentences(line.trim()));
export const wordsIn = (sentence) => sentence.replace(/(?<=\p{Nd})\s(?=\p{Nd})/gu, "").split(/\s+/u).filter(hasLetters).length;
export const tooLong = (text) => ideasOf(text).filter((idea) => wordsIn(idea) > LONGEST);

function sentences(typed) {
  const line = typed.replace(BULLET, "");
  const found = [];
  let [start, lookedAt, isSaid] = [0, 0, false];
  for (const end of line.matchAll(END)) {
    const [from, to] = end.indices[0];
    isSaid ||= hasLetters(line.slice(lookedAt, from));
    lookedAt = to;
    if (!isSaid || !ends(line.slice(start, from), end[0], end[1])) continue;
    found.push(line.slice(start, to).trim());
    [start, isSaid] = [to, false];
  }
  return withRest(found, line, start);
}

function withRest(found, line, start) {
  const rest = line.slice(start).trim();
  const last = found.at(-1);
  if (last && rest && !hasLetters(rest)) return [...found.slice(0, -1), line.slice(line.lastIndexOf(last)).trim()];
  return rest ? [...found, rest] : found;
}

function ends(before, mark, follows) {
  if (mark.length > 1 && !"!?؟۔".includes(mark.at(-1))) return !/\p{Ll}/u.test(follows);
  return mark !== "." || !isAbbreviation(before, follows);
}

function isAbbreviation(before, follows) {
  const words = before.slice(-LONGEST_ABBREVIATION).trim().split(/\s+/u);
  const last = words.at(-1).replace(OPENING, "").toLowerCase();
  const isInitial = /^\p{L}$/u.test(last) && last !== "i";
  const isItemOfAList = before.length <= 3 && /^\p{Nd}+$/u.test(last);
  const isNumberNext = BEFORE_A_NUMBER.includes(last) && /\p{Nd}/u.test(follows);
  const goesOn = MAY_GO_ON.includes(last) && !/\p{Lu}/u.test(follows);
  return isInitial || isItemOfAList || isNumberNext || goesOn || GOES_ON.includes(last);
}
