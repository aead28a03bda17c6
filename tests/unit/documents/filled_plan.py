"""One synthetic plan of each kind with everything that a plan on paper can hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from caseapp.documents.plan_paper import (
    Helpline,
    HistoryLine,
    Idea,
    PlanHelper,
    PlanPaper,
    PlanPlace,
    PlanSection,
    PlanStep,
)
from caseapp.reference import Entry, code_list
from tests.unit.documents.plan_words import CHILD, DOMESTIC, SAID, YOUTH, Words

KINDS = ("youth_violence", "domestic_abuse")

STEPS = (
    PlanStep(
        when="somebody follows me", then="go into a shop and call my worker", picture="mobile"
    ),
    PlanStep(
        when="the door bangs and there is shouting",
        then="take the children and go down the back stairs",
        picture="door",
    ),
)
PLACES = (
    ("safe_place", "The library, until eight", "map"),
    ("unsafe_place", "The car park behind the shops", "stop"),
    ("safe_route", "Along the canal, by day", "bus"),
    ("unsafe_route", "Under the bridge", "warning"),
)
PEOPLE = (
    PlanHelper(who="Zaynab, my sister", reach="07700 900123", may_know=True, picture="people"),
    PlanHelper(who="Coach Danny", reach="at the club, 5pm to 8pm", may_know=False, picture="heart"),
)
HISTORY = (
    HistoryLine(
        number=3, written_on=date(2026, 3, 7), by="Amina Yusuf", review_on=date(2026, 4, 4),
        agreed="The person themselves, A parent or carer", agreed_on=date(2026, 3, 8),
    ),
    HistoryLine(
        number=2, written_on=date(2026, 2, 7), by="Amina Yusuf", review_on=date(2026, 3, 7),
        agreed="The person themselves", agreed_on=date(2026, 2, 7),
    ),
    HistoryLine(
        number=1, written_on=date(2026, 1, 10), by="Tom Reid", review_on=date(2026, 2, 7)
    ),
)  # fmt: skip


def filled_plan(kind: str, language: str = "en", **changes: Any) -> PlanPaper:
    """A plan of `kind` (one of KINDS) whose own phrases are in `language`, with `changes` to the
    fields of PlanPaper. One of its sections is empty, and one has the worker's words alone."""
    sections = _sections(f"plan_section_{kind}", YOUTH if kind == "youth_violence" else DOMESTIC)
    first = sections[0]
    said = _with_own(first, (*SAID[language], *first.own_words.splitlines()))
    paper = PlanPaper(
        kind=kind,
        sections=(said, *sections[1:]),
        child=_sections("plan_section_child", CHILD),
        helplines=_helplines(kind),
        prepared_on=date(2026, 3, 7),
        review_on=date(2026, 4, 4),
        language=language,
        history=HISTORY,
        calls=tuple(entry.label for entry in code_list("plan_review_reason").active[:2]),
    )
    return replace(paper, **changes)


def _sections(name: str, words: Words) -> tuple[PlanSection, ...]:
    return tuple(_section(entry, words) for entry in code_list(name).active)


def _section(entry: Entry, words: Words) -> PlanSection:
    own, worker = words.get(entry.code, ((), ()))
    told = entry.attributes
    rows = told.get("rows")
    section = PlanSection(
        heading=entry.label,
        prompt=told["prompt"],
        picture=told["picture"],
        worker_words=" ".join(worker),
        worker=_ideas(worker, told["picture"]),
        steps=STEPS if rows == "steps" else (),
        places=_places() if rows == "places" else (),
        people=PEOPLE if rows == "people" else (),
    )
    return _with_own(section, own)


def _with_own(section: PlanSection, sentences: Iterable[str]) -> PlanSection:
    sentences = tuple(sentences)
    return replace(
        section,
        own_words="\n".join(sentences),
        own=_ideas(sentences, section.picture),
    )


def _ideas(sentences: Iterable[str], picture: str) -> tuple[Idea, ...]:
    return tuple(Idea(words=sentence, picture=picture) for sentence in sentences)


def _places() -> tuple[PlanPlace, ...]:
    kinds = code_list("plan_place").by_code
    return tuple(
        PlanPlace(
            label=kinds[code].label,
            is_safe=kinds[code].attributes["safe"] == "yes",
            words=words,
            picture=picture,
        )
        for code, words, picture in PLACES
    )


def _helplines(kind: str) -> tuple[Helpline, ...]:
    return tuple(
        Helpline(label=entry.label, number=entry.attributes["number"])
        for entry in code_list("plan_helpline").active
        if kind in entry.attributes["kinds"].split()
    )
