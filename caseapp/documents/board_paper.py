"""The outcomes of the strategy on paper, for the partnership's board, and how they become HTML.

Released figures and the action plan alone: there is no field for anything of a case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseapp.documents.typesetting import typeset

FILE_NAME = "figures.pdf"
TITLE = "Figures for the board"


@dataclass(frozen=True)
class PaperTable:
    """Rows of words under `heads`; the first of each is the head of its row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class PaperPlan:
    """`counts`: state and number; `overdue`: action, owner, day that it was due."""

    counts: tuple[tuple[str, int], ...]
    overdue: tuple[tuple[str, str, date], ...]


@dataclass(frozen=True, kw_only=True)
class BoardPaper:
    """`month` in words, "" before anything is released; `month_code` for the audit. `outcomes`:
    their first indicators, in few words; `every`: all of them, on the pages behind."""

    month_code: str
    month: str
    made_on: date
    outcomes: tuple[PaperTable, ...]
    rates: PaperTable
    plan: PaperPlan
    every: tuple[PaperTable, ...]


def board_html(paper: BoardPaper) -> str:
    """Return the whole HTML document."""
    return typeset("documents/board.html", paper=paper, title=TITLE)
