"""Every phrase of ours that a victim or a young person reads, found where it is written."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_file

from caseapp.reference.in_force import shipped_lists
from config import PROJECT

# How a template writes a phrase: with markup around it where need be, and without any.
KEYWORDS = {"_": None, "plain": None}
FOLDERS = tuple(PROJECT / "templates" / name for name in ("documents", "surveys"))
QUESTIONNAIRES = PROJECT / "caseapp" / "questionnaires" / "standard.toml"
# What these lists say stands on the plan or in the survey itself; other lists speak to staff.
PRINTED_LISTS = (
    "plan_section_youth_violence",
    "plan_section_domestic_abuse",
    "plan_section_child",
    "plan_place",
    "plan_helpline",
    "survey_answer",
)


def phrases_in_use() -> dict[str, list[str]]:
    """Each phrase, in English, and the files that use it, in the order in which they are read."""
    found: dict[str, list[str]] = {}
    for phrase, place in (*_in_lists(), *_in_questionnaires(), *_in_templates()):
        places = found.setdefault(phrase, [])
        if place not in places:
            places.append(place)
    return found


def phrases_of(*lists: str) -> list[str]:
    """The phrases of some of the printed lists alone."""
    return [phrase for phrase, place in _in_lists() if Path(place).stem in lists]


def _in_lists() -> Iterator[tuple[str, str]]:
    for name in PRINTED_LISTS:
        for entry in shipped_lists()[name].entries:
            for phrase in (entry.label, *map(entry.attributes.get, ("prompt", "easy"))):
                if phrase:
                    yield phrase, f"caseapp/reference/lists/{name}.toml"


def _in_questionnaires() -> Iterator[tuple[str, str]]:
    told = tomllib.loads(QUESTIONNAIRES.read_text(encoding="utf-8"))
    for questionnaire in told["questionnaires"]:
        for question in questionnaire["questions"]:
            for form in ("words", "easy"):
                yield question[form], str(QUESTIONNAIRES.relative_to(PROJECT))


def _in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted(path for folder in FOLDERS for path in folder.rglob("*.html")):
        for _, message, _, _ in extract_from_file("jinja2.ext:babel_extract", path, KEYWORDS):
            assert isinstance(message, str), f"a phrase with a plural in {path.name}"
            yield message, str(path.relative_to(PROJECT))
