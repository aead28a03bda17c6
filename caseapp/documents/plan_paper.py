"""What a safety plan on paper holds, and how it becomes HTML in each of its formats.

There is no field for the person's name, nor for any alleged perpetrator: what does not exist here
cannot be printed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseapp.documents.typesetting import typeset

FILE_NAME = "my-plan.pdf"
# Codes of the list plan_format, each with its template in templates/documents/plans/.
FORMATS = ("standard", "large_print", "easy_read", "pocket_card", "child", "worker")


@dataclass(frozen=True, kw_only=True)
class Idea:
    """One sentence as it was written, and the code of the picture that stands beside it."""

    words: str
    picture: str


@dataclass(frozen=True, kw_only=True)
class PlanStep:
    """If this happens, I will do that."""

    when: str
    then: str
    picture: str


@dataclass(frozen=True, kw_only=True)
class PlanPlace:
    """A place or a route. `label` says in English which: safe or not."""

    label: str
    is_safe: bool
    words: str
    picture: str


@dataclass(frozen=True, kw_only=True)
class PlanHelper:
    """Somebody safe: who, how to reach them, and whether they may know of the plan."""

    who: str
    reach: str
    may_know: bool
    picture: str


@dataclass(frozen=True, kw_only=True)
class PlanSection:
    """One section. The person's own words and the worker's stay as written, and apart.

    `heading` and `prompt` are in English; the paper says them in its language where it can.
    `own` and `worker` are the same words, an idea each, for the formats that show pictures.
    """

    heading: str
    prompt: str
    picture: str
    own_words: str = ""
    worker_words: str = ""
    own: tuple[Idea, ...] = ()
    worker: tuple[Idea, ...] = ()
    steps: tuple[PlanStep, ...] = ()
    places: tuple[PlanPlace, ...] = ()
    people: tuple[PlanHelper, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Helpline:
    """Somebody to talk to: `label` in English, `number` as it is dialled."""

    label: str
    number: str


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One version, for the worker's copy alone. `agreed`: who agreed, in words, may be ""."""

    number: int
    written_on: date
    by: str
    review_on: date
    agreed: str = ""
    agreed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PlanPaper:
    """One version of a plan, ready to print. `language`: BCP 47, that of our own words.

    `child`: the sections of the children's own plan. `history` (the newest first) and `calls` (why
    a review is due, in English) are printed on the worker's copy alone.
    """

    kind: str  # youth_violence or domestic_abuse
    sections: tuple[PlanSection, ...]
    child: tuple[PlanSection, ...] = ()
    helplines: tuple[Helpline, ...] = ()
    prepared_on: date
    review_on: date
    language: str = "en"
    history: tuple[HistoryLine, ...] = ()
    calls: tuple[str, ...] = ()


def plan_html(paper: PlanPaper, form: str = "standard") -> str:
    """Return the whole HTML document of one of FORMATS.

    Raises KeyError for a language, and ValueError for a format, that we do not print.
    """
    if form not in FORMATS:
        raise ValueError("not a format of ours")
    return typeset(f"documents/plans/{form}.html", language=paper.language, paper=paper)
