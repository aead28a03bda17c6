"""The board's page as values for paper."""

from datetime import date

from caseapp.board.panels import RATES, Line, with_range
from caseapp.board.queries import Board
from caseapp.documents.board_paper import BoardPaper, PaperPlan, PaperTable
from caseapp.release_files.words import month_words

HEADS = ("Indicator", "Now", "In the strategy", "Direction")


def paper_of(shown: Board, day: date) -> BoardPaper:
    rates = tuple(head for theme in RATES.values() for head in (f"{theme}, per 1,000", "Ratio"))
    lines = [
        (each.group, *(words or "none" for pair in each.rates for words in pair))
        for each in shown.rates
    ]
    return BoardPaper(
        month_code=shown.month or "none",
        month=month_words(shown.month) if shown.month else "",
        made_on=day,
        outcomes=tuple(
            PaperTable(
                each.outcome.title,
                HEADS,
                tuple(_row(words, line) for words, line in each.first),
            )
            for each in shown.panels
        ),
        rates=PaperTable("Rates by ethnic group", ("Ethnic group", *rates), tuple(lines)),
        plan=_plan(shown),
        every=tuple(
            PaperTable(each.outcome.title, HEADS, tuple(_row(_numbered(x), x) for x in each.every))
            for each in shown.panels
        ),
    )


def _row(words: str, line: Line) -> tuple[str, ...]:
    row = line.row
    return words, with_range(row), row.baseline or "none given", row.direction.capitalize()


def _numbered(line: Line) -> str:
    return f"{line.row.number}. {line.row.title}"


def _plan(shown: Board) -> PaperPlan:
    progress = shown.progress
    return PaperPlan(
        counts=(
            ("Overdue", progress.overdue),
            ("Delayed, and not overdue yet", progress.delayed),
            ("On track", progress.on_track),
            ("Not started", progress.not_started),
            ("Complete", progress.complete),
        ),
        overdue=tuple(
            (each.head.title, each.head.owner, each.head.due_on) for each in shown.overdue
        ),
    )
