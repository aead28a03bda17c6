"""What is in a plan, for the paper that leaves out what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseapp.documents.plan_paper import PlanPaper, PlanSection


def has_something(section: PlanSection) -> bool:
    """Is anything written in it?"""
    rows = (section.own, section.worker, section.steps, section.places, section.people)
    return any(rows)


def mentions(paper: PlanPaper, term: str) -> bool:
    """Does `term`, in English and small letters, stand in a section that is printed?"""
    found = re.compile(rf"\b{re.escape(term)}\b")
    return any(found.search(text.casefold()) for text in _texts(paper))


def _texts(paper: PlanPaper) -> Iterator[str]:
    for section in filter(has_something, paper.sections):
        yield section.heading
        yield from (idea.words for idea in (*section.own, *section.worker))
        yield from (f"{step.when}\n{step.then}" for step in section.steps)
        yield from (place.words for place in section.places)
        yield from (f"{person.who}\n{person.reach}" for person in section.people)
