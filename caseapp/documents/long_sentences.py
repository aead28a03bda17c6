"""The sentences of a plan that easy read would find too long, for the worker's copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from caseapp.documents.easy_read import too_long
from caseapp.documents.plan_contents import typed_texts

if TYPE_CHECKING:
    from caseapp.documents.plan_paper import PlanPaper


def long_sentences(paper: PlanPaper) -> tuple[str, ...]:
    """Each sentence once, as it was typed, in the order of the plan."""
    texts = (text for section in (*paper.sections, *paper.child) for text in typed_texts(section))
    return tuple(dict.fromkeys(sentence for text in texts for sentence in too_long(text)))
