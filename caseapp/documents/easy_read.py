"""The rules of easy read: one idea a row, short sentences. Pure; knows words alone.

Source: GOV.UK's guidance on accessible formats: sentences of 10 to 15 words. static/word_count.js
counts by the same rules while somebody types; a test holds the two together.
"""

from __future__ import annotations

import re

LONGEST = 15  # words of a sentence

# A mark of one sign, or several such as ?!, what closes with it, and the sign that comes next. Dots
# in a row only pause. It starts where the marks start: a long row of them must cost little.
MARKS = "!?؟۔"
END = re.compile(rf"(?:(?<![{MARKS}])[{MARKS}]+|(?<!\.)\.)[\"'”’»)\]]*(?=\s+(\S))")
BULLET = re.compile(r"^[-–—•*·]\s+")
OPENING = "([\"'“‘«¿¡"
# After these the sentence goes on; after the others it may, where no capital letter follows.
GOES_ON = "mr mrs ms mx dr prof rev st e.g i.e eg ie vs tel ext sr sra srta dra mme mlle av p.ex"
MAY_GO_ON = "etc a.m p.m rd ave ln approx mob hrs"
BEFORE_A_NUMBER = "no nos nr núm p"
LONGEST_ABBREVIATION = 12  # letters, and more than any of these has
SPACED_NUMBER = re.compile(r"(?<=\d)\s(?=\d)")


def ideas_of(text: str) -> tuple[str, ...]:
    """Return the sentences of what was typed, in order, each with its words as they were typed.

    Ends of lines end a sentence too. The marks of a list before a line are left out.
    """
    return tuple(idea for line in text.splitlines() for idea in _sentences(line.strip()))


def words_in(sentence: str) -> int:
    """Return how many words a reader meets: a telephone number is one, a lone sign is none."""
    return sum(_has_letters(word) for word in SPACED_NUMBER.sub("", sentence).split())


def too_long(text: str) -> tuple[str, ...]:
    """Return the sentences of `text` that have more than LONGEST words."""
    return tuple(idea for idea in ideas_of(text) if words_in(idea) > LONGEST)


def _sentences(line: str) -> list[str]:
    found: list[str] = []
    start = looked_at = 0
    has_letters = False
    line = BULLET.sub("", line)
    for end in END.finditer(line):
        has_letters = has_letters or _has_letters(line[looked_at : end.start()])
        looked_at = end.end()
        if has_letters and _ends(line[start : end.start()], end[0], follows=end[1]):
            found.append(line[start : end.end()].strip())
            start, has_letters = end.end(), False
    return _with_rest(found, line, start)


def _with_rest(found: list[str], line: str, start: int) -> list[str]:
    """What has no letters, such as a smile, stands with the sentence before it."""
    rest = line[start:].strip()
    if found and rest and not _has_letters(rest):
        return [*found[:-1], line[line.rindex(found[-1]) :].strip()]
    return [*found, rest] if rest else found


def _has_letters(text: str) -> bool:
    return any(sign.isalnum() for sign in text)


def _ends(before: str, mark: str, *, follows: str) -> bool:
    """Whether the sentence ends here, or goes on after an abbreviation, a number or a quotation."""
    if len(mark) > 1 and mark[-1] not in MARKS:
        return not follows.islower()
    return mark != "." or not _is_abbreviation(before, follows)


def _is_abbreviation(before: str, follows: str) -> bool:
    words = before[-LONGEST_ABBREVIATION:].split() or [""]  # nothing but spaces
    last = words[-1].lstrip(OPENING).casefold()
    is_initial = len(last) == 1 and last.isalpha() and last != "i"
    is_item_of_a_list = len(before) <= 3 and last.isdecimal()
    is_number_next = last in BEFORE_A_NUMBER.split() and follows.isdecimal()
    goes_on = last in MAY_GO_ON.split() and not follows.isupper()
    return is_initial or is_item_of_a_list or is_number_next or goes_on or last in GOES_ON.split()
