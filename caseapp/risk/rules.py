"""Pure decisions about risk: levels, the DASH result, repeats, and what points to a MARAC."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from caseapp.cases.contributions import HarmEvent
from caseapp.risk.models import DashHead
from caseapp.web.words import long_date

RANKS: Mapping[str, int] = {"standard": 0, "medium": 1, "high": 2}
HIGH = "high"
MOST = 24  # items of the checklist
HIGH_FROM, MEDIUM_FROM = 14, 10  # the thresholds of the DASH checklist
ESCALATION = 3  # events in 12 months

DASH, YOUTH, PLAIN = "dash", "youth", "judgement"


class NotItems(ValueError):
    """What was typed cannot be numbers of items; the message says why."""


@dataclass(frozen=True)
class Judged:
    """One judgement of risk, whichever way it was made."""

    id: UUID
    on: date
    level: str
    how: str  # DASH, YOUTH or PLAIN
    author_id: UUID
    written_at: datetime | None = None
    score: int | None = None
    by_judgement: bool = False  # a worker judged otherwise than the tool


class Referral(NamedTuple):
    """A referral to the MARAC, as the rooms above know it."""

    on: date
    perpetrator_id: UUID | None = None  # of the case in hand; None: not known


class Criterion(NamedTuple):
    """A reason for a MARAC referral, and the facts it rests on, in words."""

    code: str  # of the list marac_criterion
    facts: tuple[str, ...]


def level_by_score(score: int) -> str:
    """Standard up to 9 (0 too), medium from 10, high from 14."""
    if score >= HIGH_FROM:
        return HIGH
    return "medium" if score >= MEDIUM_FROM else "standard"


def is_lower(level: str, than: str) -> bool:
    return RANKS.get(level, 0) < RANKS.get(than, 0)


def dash_on(dashes: Iterable[DashHead], day: date) -> DashHead | None:
    """The one that counts on a day; `dashes` the oldest first."""
    return next((dash for dash in reversed([*dashes]) if dash.on <= day), None)


def read_items(text: str) -> tuple[int, ...]:
    """Numbers of items as somebody types them: "1 3, 5-8". Raises NotItems."""
    items: list[int] = []
    for part in text.replace(",", " ").replace("–", "-").split():
        items += _numbers_in(part)
    twice = sorted({item for item in items if items.count(item) > 1})
    if twice:
        raise NotItems(f"Item {twice[0]} is there twice")
    return tuple(sorted(items))


def why_score_is_wrong(items: Sequence[int], score: int | None) -> str | None:
    if not items and score is None:
        return "Enter the items answered yes, or the score where the items are not at hand"
    if items and score is not None and score != len(items):
        return f"The score is {score}, but {len(items)} items are answered yes. Check both"
    return None


def is_of_domestic_abuse(
    service: str, themes: Iterable[str], events: Iterable[HarmEvent] = ()
) -> bool:
    """By its service or a theme, or by anything that was done to the person."""
    of_abuse = service == "idva" or "domestic_abuse" in set(themes)
    return of_abuse or any(event.is_domestic for event in events)


def tools_for(service: str, themes: Iterable[str]) -> tuple[str, ...]:
    """Every way to judge the risk, the one made for this case first."""
    if service == "youth_violence":
        return (YOUTH, DASH, PLAIN)
    if is_of_domestic_abuse(service, themes):
        return (DASH, YOUTH, PLAIN)
    return (PLAIN, DASH, YOUTH)


def a_year_after(day: date) -> date:
    """The same day of the next year; 1 March after 29 February."""
    return _in_year(day, day.year + 1)


def within_a_year(events: Iterable[HarmEvent], until: date) -> tuple[HarmEvent, ...]:
    """What happened in the 12 months up to this day, the oldest first."""
    recent = (event for event in events if event.on <= until <= a_year_after(event.on))
    return tuple(sorted(recent, key=lambda event: event.on))


def may_be_same_perpetrator(one: UUID | None, other: UUID | None) -> bool:
    """Not known counts as perhaps the same: a repeat is not missed for want of a name."""
    return one is None or other is None or one == other


def repeats_since(
    events: Iterable[HarmEvent], referrals: Iterable[Referral]
) -> tuple[HarmEvent, ...]:
    """What happened to the person within 12 months of a referral, by the same one where known, and
    is not older than another referral that may be because of them too: that one knew of it."""
    known = sorted(referrals, key=lambda referral: referral.on)
    return tuple(
        event
        for event in sorted(events, key=lambda event: event.on)
        if (since := _newest_of(known, event.perpetrator_id))
        and since < event.on <= a_year_after(since)
    )


def _newest_of(referrals: Sequence[Referral], perpetrator_id: UUID | None) -> date | None:
    """The day of the last one that may be because of them."""
    return next(
        (
            each.on
            for each in reversed(referrals)
            if may_be_same_perpetrator(each.perpetrator_id, perpetrator_id)
        ),
        None,
    )


def repeats(events: Iterable[HarmEvent]) -> tuple[tuple[HarmEvent, HarmEvent], ...]:
    """(earlier, later) for each event that follows another within 12 months, by the same one
    where known; the earlier is the nearest before it."""
    found, known = [], sorted(events, key=lambda event: event.on)
    for number, later in enumerate(known):
        for earlier in reversed(known[:number]):
            if later.on > a_year_after(earlier.on):
                break
            if may_be_same_perpetrator(earlier.perpetrator_id, later.perpetrator_id):
                found.append((earlier, later))
                break
    return tuple(found)


def marac_criteria(
    dash: DashHead | None,
    judgement: Judged | None,
    events: Sequence[HarmEvent],
    last_referral_on: date | None,
    repeat: Sequence[HarmEvent],
) -> tuple[Criterion, ...]:
    """The criteria that the record meets since the last referral: proposed, never decided.

    `dash` and `judgement` are the newest ones, of any kind; `events` those of the last 12 months;
    `repeat` those within 12 months of the last referral.
    """
    since = last_referral_on or date.min
    found = (
        Criterion("visible_high_risk", _visible(dash, since)),
        Criterion("professional_judgement", _judged(dash, judgement, since)),
        Criterion("escalation", _escalation(events, since)),
        Criterion("repeat", _in_words(repeat) if last_referral_on else ()),
    )
    return tuple(criterion for criterion in found if criterion.facts)


def _visible(dash: DashHead | None, since: date) -> tuple[str, ...]:
    if dash is None or dash.on <= since or dash.score < HIGH_FROM:
        return ()
    return (f"DASH score of {dash.score} on {long_date(dash.on)}",)


def _judged(dash: DashHead | None, judgement: Judged | None, since: date) -> tuple[str, ...]:
    """High by a worker's judgement: above the score of the DASH, or without one."""
    facts = []
    if dash and dash.on > since and dash.by_judgement and dash.level == HIGH:
        facts.append(
            f"Raised to high by professional judgement on {long_date(dash.on)},"
            f" above a DASH score of {dash.score}"
        )
    if judgement and judgement.how != DASH and judgement.on > since and judgement.level == HIGH:
        facts.append(f"Judged high on {long_date(judgement.on)}")
    return tuple(facts)


def _escalation(events: Sequence[HarmEvent], since: date) -> tuple[str, ...]:
    """Three events or more, of which the last referral does not know the newest."""
    if len(events) < ESCALATION or max(event.on for event in events) <= since:
        return ()
    return _in_words(events)


def _in_words(events: Sequence[HarmEvent]) -> tuple[str, ...]:
    return tuple(f"{event.what} on {long_date(event.on)}" for event in events)


def _numbers_in(part: str) -> list[int]:
    ends = part.split("-")
    if len(ends) > 2 or not all(end.isascii() and end.isdigit() and len(end) < 4 for end in ends):
        raise NotItems("Enter the numbers of the items with spaces between them, like 1 3 5-8")
    first, last = int(ends[0]), int(ends[-1])
    for item in (first, last):
        if not 1 <= item <= MOST:
            raise NotItems(f"There is no item {item}: they are numbered 1 to {MOST}")
    if first > last:
        raise NotItems(f"{part} runs backwards. Enter it as {last}-{first}")
    return list(range(first, last + 1))


def _in_year(day: date, year: int) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)
