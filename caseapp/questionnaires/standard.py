"""The words that come with caseapp: the standard questionnaires, and the answers to choose from."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from caseapp.languages import LANGUAGES, Catalogue, State, catalogue
from caseapp.questionnaires.asked import Point, Question, Questionnaire
from caseapp.reference import Entry, code_list

FILE = Path(__file__).with_name("standard.toml")


@cache
def standard_questionnaires() -> tuple[Questionnaire, ...]:
    """Each version that ever came with caseapp, in the order of the file."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_questionnaire(each) for each in told["questionnaires"])


def points() -> tuple[Point, ...]:
    """The answers to a question of the kind "scale", in order: five points, and none of them."""
    return tuple(_point(entry) for entry in code_list("survey_answer").active)


def _questionnaire(told: Mapping[str, Any]) -> Questionnaire:
    questions = tuple(_question(each) for each in told["questions"])
    return Questionnaire(**{**told, "questions": questions})


def _question(told: Mapping[str, Any]) -> Question:
    return Question(**{**told, **_in_each_language(told["words"], told["easy"])})


def _point(entry: Entry) -> Point:
    easy = entry.attributes.get("easy", entry.label)
    picture = entry.attributes.get("picture", "")
    return Point(code=entry.code, picture=picture, **_in_each_language(entry.label, easy))


def _in_each_language(words: str, easy: str) -> dict[str, dict[str, str]]:
    """A speaker has checked a language where they have checked both forms."""
    spoken = [catalogue(code) for code in LANGUAGES]
    return {
        "words": _translated(words, spoken),
        "easy": _translated(easy, spoken),
        "reviewed_by": {
            each.language.code: each.reviewed_by(words)
            for each in spoken
            if each.reviewed_by(words) and each.reviewed_by(easy)
        },
    }


def _translated(english: str, spoken: Iterable[Catalogue]) -> dict[str, str]:
    return {
        each.language.code: each.phrase(english)
        for each in spoken
        if each.state(english) is not State.MISSING
    }
