"""Pure: the questions of a questionnaire while it is being written, and what may not be."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from caseapp.questionnaires.asked import ENGLISH, OPEN, SCALE, Question

MOST_QUESTIONS = 20
MOST_OPEN = 2  # their answers ride in a cookie until all are sent
SHORT_NAME = re.compile(r"[a-z]+(_[a-z]+)*")
LONGEST_SLUG = 34  # leaves room for a number behind it

Questions = tuple[Question, ...]
Pair = tuple[str, str]  # everyday words, easy words


class CannotBeAsked(Exception):
    """The questions do not fit together; one plain line."""


def with_question(questions: Questions, question: Question, instead_of: str = "") -> Questions:
    """Added at the end, or in the place of the one with that code, whose translations it keeps.
    Raises CannotBeAsked."""
    if not instead_of:
        return _checked((*questions, question))
    return _checked(
        tuple(
            _translated_like(question, old) if old.code == instead_of else old for old in questions
        )
    )


def without(questions: Questions, code: str) -> Questions:
    """Raises CannotBeAsked where another question hangs on it."""
    return _checked(tuple(each for each in questions if each.code != code))


def moved_up(questions: Questions, code: str) -> Questions:
    """One place nearer to the start. Raises CannotBeAsked where it hangs on the one before."""
    codes = [each.code for each in questions]
    place = codes.index(code)
    if place == 0:
        return questions
    before, moved = questions[place - 1 : place + 1]
    return _checked((*questions[: place - 1], moved, before, *questions[place + 1 :]))


def translated(
    questions: Questions, language: str, words: Mapping[str, Pair], reviewer: str, on: date
) -> Questions:
    """`words`: code → both forms in the language, "" where there is none. Words that stay keep who
    checked them, unless a reviewer is named, who checked all of them."""
    stamp = f"{reviewer}, {on.isoformat()}" if reviewer else ""
    return tuple(_in(each, language, words[each.code], stamp) for each in questions)


def code_for(title: str, taken: Collection[str]) -> str:
    """A short name for a new questionnaire, made of its title, that no other has."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = "_".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_SLUG].strip("_") or "questionnaire"
    numbered = (slug if number == 1 else f"{slug}_{number}" for number in range(1, 1_000_000))
    return next(code for code in numbered if code not in taken)


def _translated_like(question: Question, old: Question) -> Question:
    """Where the English changed, nobody has checked its translations any more."""
    is_same = (question.words[ENGLISH], question.easy[ENGLISH]) == (
        old.words[ENGLISH],
        old.easy[ENGLISH],
    )
    return replace(
        question,
        words={**old.words, **question.words},
        easy={**old.easy, **question.easy},
        reviewed_by=old.reviewed_by if is_same else {},
    )


def _in(question: Question, language: str, pair: Pair, stamp: str) -> Question:
    is_same = pair == (question.words.get(language, ""), question.easy.get(language, ""))
    kept = question.reviewed_by.get(language, "") if is_same else ""
    return replace(
        question,
        words=_put(question.words, language, pair[0]),
        easy=_put(question.easy, language, pair[1]),
        reviewed_by=_put(question.reviewed_by, language, (stamp or kept) if all(pair) else ""),
    )


def _put(known: Mapping[str, str], language: str, words: str) -> Mapping[str, str]:
    others = {code: text for code, text in known.items() if code != language}
    return {**others, language: words} if words else others


def _checked(questions: Questions) -> Questions:
    problem = next(_problems(questions), None)
    if problem:
        raise CannotBeAsked(problem)
    return questions


def _problems(questions: Sequence[Question]) -> Iterator[str]:
    if len(questions) > MOST_QUESTIONS:
        yield f"A questionnaire has at most {MOST_QUESTIONS} questions"
    if sum(each.kind == OPEN for each in questions) > MOST_OPEN:
        yield f"A questionnaire has at most {MOST_OPEN} questions to answer in own words"
    earlier: dict[str, Question] = {}
    for question in questions:
        if question.code in earlier:
            yield "This is asked already in this questionnaire"
        if question.only_if and not _is_choice(earlier.get(question.only_if[0])):
            yield (
                f"“{question.words[ENGLISH]}” is only asked after some answers to another question:"
                " that one has to stand before it, with answers to choose from"
            )
        earlier[question.code] = question


def _is_choice(question: Question | None) -> bool:
    return question is not None and question.kind == SCALE
