"""What a safety plan on paper holds, and how it becomes HTML.

There is no field for the person's name, nor for any alleged perpetrator: what does not exist here
cannot be printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseapp.documents.standard_words import WORDS, StandardWords
from caseapp.documents.typesetting import typeset

FILE_NAME = "my-plan.pdf"


@dataclass(frozen=True, kw_only=True)
class PlanSection:
    """One section. The person's own words and the worker's stay as written, and apart."""

    heading: str
    prompt: str
    own_words: str = ""
    worker_words: str = ""


@dataclass(frozen=True, kw_only=True)
class PlanPaper:
    """One version of a plan, ready to print. `language` is that of the standard words."""

    sections: tuple[PlanSection, ...]
    prepared_on: date
    review_on: date
    language: str = "en"

    @property
    def words(self) -> StandardWords:
        """The standard words; raises KeyError for a language that we do not print."""
        return WORDS[self.language]


def plan_html(paper: PlanPaper) -> str:
    """Return the whole HTML document of the standard safety plan."""
    return typeset("documents/safety_plan.html", paper=paper, words=paper.words)
