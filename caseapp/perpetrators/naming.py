"""Whether words on a victim's plan name somebody who is said to have harmed them.

A plan may lie open on a table at home, so rather one question too many: names count whatever their
case, accents and spelling, whole or in part, and what is no longer so counts too.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from caseapp.perpetrators.models import Fact, PerpetratorHead
from caseapp.perpetrators.spelling import (
    digits_in,
    forms_of,
    is_unspaced,
    run_together,
    spelled,
    words_of,
)

PHONE_DIGITS = 9  # the last ones, as in rules.py
LONG_RUN = re.compile(r"(?:\d[\s().+/-]*){9,}")
POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)
BETWEEN_NAMES = re.compile(
    r"[,;/|()\"“”„«»\n]|\b(?:aka|a\.k\.a\.?|also known as|known as|alias|or|and)\b", re.IGNORECASE
)
PARTICLES = frozenset(
    (
        "abu", "al", "bin", "bint", "da", "das", "de", "del", "den", "der", "di", "do", "dos",
        "el", "ibn", "la", "le", "mac", "mc", "st", "umm", "van", "von",
    )
)  # fmt: skip
SHORT_WORD = 3  # letters: of an other name such as "Big T", only longer words stand alone
NAME_WORDS = 3  # an other name of more words is a sentence about it
HOUSE_WORDS = 3  # "12 Elm Road", but not "Flat 3"


@dataclass(frozen=True)
class Known:
    """What the alleged perpetrators of a case are known by, folded.

    `certain`: full names and addresses, nobody else's. `alone`: a name by itself, which somebody
    else may bear. `numbers`: the last digits of their phones.
    """

    certain: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """What a text holds of it. Nobody but the check learns which."""

    is_certain: bool
    alone: frozenset[str]

    def __bool__(self) -> bool:
        return self.is_certain or bool(self.alone)


def known_by(
    perpetrators: Iterable[tuple[PerpetratorHead, Sequence[Fact]]],
    borne: Iterable[str] = (),
    own_address: str = "",
) -> Known:
    """`borne`: names of the person of the case and of the children of their household, which alone
    may stand on the plan. `own_address`: where the person lives, which may stand there too."""
    certain: set[str] = set()
    alone: set[str] = set()
    numbers: set[str] = set()
    for head, facts in perpetrators:
        _add_name(head.given_name, head.family_name, certain, alone)
        for fact in facts:
            _add_fact(fact, certain, alone)
            numbers |= _tails(fact.text)
    theirs = {spelled(word) for name in borne for word in words_of(name)}
    home = run_together(words_of(own_address))
    return Known(
        frozenset(phrase for phrase in certain if phrase and phrase not in home),
        frozenset(alone - theirs),
        frozenset(numbers),
    )


def found_in(text: str, known: Known) -> Found:
    """What of it stands in a text."""
    words = words_of(text)
    together = run_together(words)
    is_certain = any(p in together and _is_phrase(p, words) for p in known.certain)
    digits = digits_in(text)
    is_number = any(tail in digits for tail in known.numbers)
    spoken = {spelled(form) for word in set(words) for form in forms_of(word)}
    unspaced = {name for name in known.alone if is_unspaced(name) and name in together}
    return Found(is_certain or is_number, known.alone & spoken | unspaced)


def _add_name(given: str, family: str, certain: set[str], alone: set[str]) -> None:
    first, last = words_of(given), words_of(family)
    if first and last:
        for name in (first, *([word] for word in first if word not in PARTICLES)):
            certain |= {run_together(name + last), run_together(last + name)}
    for names in filter(None, (first, last)):
        alone |= {spelled("".join(names)), *map(spelled, _telling(names))}


def _add_fact(fact: Fact, certain: set[str], alone: set[str]) -> None:
    if fact.what == "name":
        *given, family = fact.text.split() or [""]
        _add_name(" ".join(given), family, certain, alone)
    elif fact.what == "other_name":
        for name in filter(None, map(str.strip, BETWEEN_NAMES.split(fact.text))):
            _add_other_name(name, certain, alone)
    elif fact.what == "address":
        certain |= set(_addresses(fact.text))


def _add_other_name(name: str, certain: set[str], alone: set[str]) -> None:
    words = words_of(name)
    if len(words) == 1:
        alone.add(spelled(words[0]))
        return
    certain.add(run_together(words))
    is_name = len(words) <= NAME_WORDS
    telling = words if is_name else [w for part in _capitalised(name) for w in words_of(part)]
    alone |= {spelled(word) for word in _telling(telling) if len(word) > SHORT_WORD}


def _addresses(text: str) -> Iterator[str]:
    """The whole of it, each line with a house number, and each postcode."""
    yield run_together(words_of(text))
    for part in re.split(r"[,;\n]", text):
        words = words_of(part)
        if len(words) >= HOUSE_WORDS and any(word.isdigit() for word in words):
            yield run_together(words)
    for postcode in POSTCODE.findall(text):
        yield run_together(words_of(postcode))


def _telling(words: Sequence[str]) -> Iterator[str]:
    """The words of a name that name somebody by themselves: not "van", and no initial."""
    return (w for w in words if w not in PARTICLES and (len(w) > 1 or not w.isascii()))


def _capitalised(text: str) -> Iterator[str]:
    return (word for word in text.split()[1:] if word[:1].isupper())


def _is_phrase(phrase: str, words: Sequence[str]) -> bool:
    """Whether some words, one after the other, make the phrase."""
    most = len(phrase) + 1  # words: each has a letter at least
    starts = (words[at : at + most] for at in range(len(words)))
    return is_unspaced(phrase) or any(_begins(phrase, start) for start in starts)


def _begins(phrase: str, words: Sequence[str]) -> bool:
    made = ""
    for word in words:
        made += word
        forms = [run_together([form]) for form in forms_of(made)]
        if phrase in forms:
            return True
        if not any(phrase.startswith(form) for form in forms):
            return False
    return False


def _tails(text: str) -> set[str]:
    runs = (digits_in(run) for run in LONG_RUN.findall(text))
    return {run[-PHONE_DIGITS:] for run in runs}
