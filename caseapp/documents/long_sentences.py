"""The sentences of a plan that easy read would find too long, for the worker's copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from caseapp.documents.easy_read import too_long

if TYPE_CHECKING:
    from caseapp.documents.plan_paper import PlanPaper, PlanSection


def long_sentences(paper: PlanPaper) -> tuple[str, ...]:
    """Each sentence once, as it was typed, in the order of the plan."""
    texts = (text for section in (*paper.sections, *paper.child) for text in _texts(section))
    return tuple(dict.fromkeys(sentence for text in texts for sentence in too_long(text)))


def _texts(section: PlanSection) -> Iterator[str]:
    yield section.own_words
    for step in section.steps:
        yield from (step.when, step.then)
    yield from (place.words for place in section.places)
    for person in section.people:
        yield from (person.who, person.reach)
    yield section.worker_words
