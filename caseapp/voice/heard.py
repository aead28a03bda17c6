"""What was heard, question by question, in batches that may be counted."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from sqlalchemy.orm import Session

from caseapp.clock import today
from caseapp.surveys.queries import Heard, batches, open_answers
from caseapp.surveys.responses import Response
from caseapp.voice.rules import FACTS, MIXED, NOT_SAID, Batch, Voice


def closed_months(session: Session) -> list[str]:
    """Months that are over and in which answers were let in: nothing can be added to them."""
    months = {each.month for each in batches(session)}
    return sorted(month for month in months if month < _this_month())


def items_of(session: Session, stage: str) -> list[str]:
    """The questions that were answered at a stage."""
    found = (item for _, each in _responses(session, stage) for item, _ in each.answers)
    return list(dict.fromkeys(found))


def points_said(session: Session, stage: str, item: str) -> list[Batch]:
    """Who answered a question, and how much they agree."""

    def said(response: Response) -> tuple[str, ...]:
        return tuple(point for asked, point in response.answers if asked == item)

    return _by_month(_responses(session, stage), said)


def themes_said(session: Session, stage: str) -> list[Batch]:
    """Who named something that helped, up to the month in which an answer still waits: each that
    is put into themes would else show by itself what it said."""
    waits = _first_waiting(session, stage)
    known = ((month, each) for month, each in _responses(session, stage) if month < waits)
    return _by_month(known, lambda response: response.helped)


def words_said(session: Session, stage: str) -> list[Batch]:
    """The masked words of a stage, beside no fact, up to the month in which an answer waits."""
    waits = _first_waiting(session, stage)
    known = [each for each in _heard(session, stage) if each.month < waits]
    by_month = groupby(known, key=lambda each: each.month)
    nothing = dict.fromkeys(FACTS, NOT_SAID)
    return [
        Batch(month, tuple(Voice(nothing, (each.answer.text,)) for each in of_month))
        for month, of_month in by_month
    ]


def waiting(session: Session) -> list[Heard]:
    """Open answers that nobody has put into themes, the oldest month first."""
    return [each for each in open_answers(session) if not each.answer.is_coded]


def _first_waiting(session: Session, stage: str) -> str:
    """The month of the oldest that waits, this month where none does."""
    months = (each.month for each in waiting(session) if each.response.stage == stage)
    return min(months, default=_this_month())


def _responses(session: Session, stage: str) -> Iterator[tuple[str, Response]]:
    """(month, answers) of the months that are over."""
    for batch in batches(session):
        if batch.month < _this_month():
            yield from ((batch.month, each) for each in batch.responses if each.stage == stage)


def _heard(session: Session, stage: str) -> Iterator[Heard]:
    for each in open_answers(session):
        if each.month < _this_month() and each.response.stage == stage and each.answer.is_coded:
            yield each


def _by_month(
    responses: Iterable[tuple[str, Response]], said: Callable[[Response], tuple[str, ...]]
) -> list[Batch]:
    """Months take the place of batches: within one, the order of batches is chance."""
    found: dict[str, list[Voice]] = {}
    for month, response in responses:
        voice = Voice(_facts(response), said(response))
        found.setdefault(month, []).extend([voice] if voice.said else [])
    return [Batch(month, tuple(voices)) for month, voices in sorted(found.items())]


def _facts(response: Response) -> dict[str, str]:
    theme = MIXED if len(response.theme) > 1 else "".join(response.theme)
    given = {fact: getattr(response, fact) for fact in FACTS if fact != "theme"}
    return {fact: code or NOT_SAID for fact, code in {**given, "theme": theme}.items()}


def _this_month() -> str:
    return f"{today():%Y-%m}"
