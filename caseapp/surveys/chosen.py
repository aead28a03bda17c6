"""What was chosen and typed on a page, put into the visit."""

import re
import unicodedata
from collections.abc import Mapping

from msgspec.structs import replace

from caseapp.languages import LANGUAGES
from caseapp.questionnaires.asked import OPEN, Question, Questionnaire
from caseapp.reference import code_list
from caseapp.surveys.visits import Visit

LONGEST = 500  # characters of an open answer: the cookie holds no more
UNSEEN = re.compile(r"[^\S\n]|[\x00-\x09\x0b-\x1f\x7f]")  # one space each


class TooLong(Exception):
    """More than LONGEST characters."""


def clean(text: str) -> str:
    """As it was typed, with plain line ends and no characters that nobody sees."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNSEEN.sub(" ", lines)).strip()


def question_of(asked: Questionnaire, code: str) -> Question | None:
    return next((each for each in asked.questions if each.code == code), None)


def with_preferences(visit: Visit, sent: Mapping[str, str]) -> Visit:
    """The language and the form that a button asked for."""
    language = sent.get("language", "")
    if language in LANGUAGES:
        visit = replace(visit, language=language)
    if sent.get("easy") in {"yes", "no"}:
        visit = replace(visit, easy=sent["easy"] == "yes")
    return visit


def with_answer(visit: Visit, question: Question, sent: Mapping[str, str], shown_in: str) -> Visit:
    """Raises TooLong; nothing chosen is no answer."""
    if question.kind == OPEN:
        return _with_words(visit, question.code, clean(sent.get("said", "")), shown_in)
    answers = dict(visit.answers)
    answers.pop(question.code, None)
    if sent.get("answer") in code_list("survey_answer").by_code:
        answers[question.code] = sent["answer"]
    return replace(visit, answers=tuple(sorted(answers.items())))


def _with_words(visit: Visit, question: str, text: str, language: str) -> Visit:
    if len(text) > LONGEST:
        raise TooLong
    others = tuple(each for each in visit.said if each[0] != question)
    said = (*others, (question, language, text)) if text else others
    return replace(visit, said=tuple(sorted(said)))
