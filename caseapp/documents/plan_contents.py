"""What is in a plan: for paper that leaves out what is not, and for what is asked of every text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from caseapp.documents.plan_paper import PlanPaper, PlanSection


def has_something(section: PlanSection) -> bool:
    """Is anything written in it?"""
    ideas = (idea.words for idea in (*section.own, *section.worker))
    return any(text.strip() for text in (*typed_texts(section), *ideas))


def typed_texts(section: PlanSection) -> Iterator[str]:
    """Everything in it that somebody typed, as it was typed, in the order of the paper."""
    steps = (text for step in section.steps for text in (step.when, step.then))
    people = (text for person in section.people for text in (person.who, person.reach))
    places = (place.words for place in section.places)
    texts = (section.own_words, *steps, *places, *people, section.worker_words)
    return (text for text in texts if text)


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
