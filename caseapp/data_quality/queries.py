"""What the pages show: the worst first, for a manager with numbers and for an analyst in bands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from caseapp.accounts.models import Team
from caseapp.data_quality.rules import FEWEST, UNREADABLE, CaseQuality, Share, band_of, shares_of
from caseapp.reference import code_list

PERIODS = {"3": "In the last 3 months", "12": "In the last 12 months", "all": "At any time"}
OPEN, CLOSED = "open", "closed"
NOTHING = Share(0, 0)


@dataclass(frozen=True)
class FieldLine:
    """A fact, and how many open and closed cases of a team lack it."""

    code: str
    open: Share
    closed: Share


@dataclass(frozen=True)
class BandLine:
    """A fact, and the band of each team in the order of the teams; None: too few cases."""

    code: str
    bands: tuple[int | None, ...]


def opened_lately(cases: Iterable[CaseQuality], period: str, day: date) -> Iterator[CaseQuality]:
    """Those that were opened in the months of the period, this month among them."""
    since = "" if period == "all" else _months_before(day, int(period))
    return (case for case in cases if case.opened_month > since)


def lines_of(cases: Sequence[CaseQuality], first: str = OPEN) -> list[FieldLine]:
    """What is missing anywhere, the worst share first: of the open cases, or of the closed ones."""
    shares = {
        status: shares_of(case for case in cases if case.is_open is (status == OPEN))
        for status in (OPEN, CLOSED)
    }
    lines = [
        FieldLine(code, shares[OPEN].get(code, NOTHING), shares[CLOSED].get(code, NOTHING))
        for code in _codes()
    ]
    found = [line for line in lines if line.open.missing or line.closed.missing]
    other = CLOSED if first == OPEN else OPEN
    return sorted(found, key=lambda line: (_worst(line, first), _worst(line, other)))


def bands_of(teams: Sequence[Sequence[CaseQuality]]) -> list[BandLine]:
    """All teams side by side, the worst first. A team with few cases shows nothing at all."""
    shares = [shares_of(cases) if len(cases) >= FEWEST else {} for cases in teams]
    codes = (code for code in _codes() if code != UNREADABLE)  # that is for who can mend it
    lines = [BandLine(code, tuple(band_of(each.get(code)) for each in shares)) for code in codes]
    shown = [line for line in lines if any(band is not None for band in line.bands)]
    return sorted(shown, key=lambda line: sorted(-(band or 0) for band in line.bands))


def lacking(cases: Iterable[CaseQuality], code: str, status: str) -> list[UUID]:
    """The cases that lack a fact."""
    is_open = status == OPEN
    return [case.id for case in cases if case.is_open is is_open and code in case.missing]


def in_order(teams: Iterable[Team], counted: Mapping[UUID, Sequence[CaseQuality]]) -> list[Team]:
    return sorted((team for team in teams if team.id in counted), key=lambda team: team.name)


def _worst(line: FieldLine, status: str) -> tuple[float, int]:
    share = line.open if status == OPEN else line.closed
    return -(share.missing / share.asked if share.asked else 0), -share.missing


def _codes() -> list[str]:
    return [entry.code for entry in code_list("quality_field").active]


def _months_before(day: date, months: int) -> str:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return f"{year:04}-{month + 1:02}"
