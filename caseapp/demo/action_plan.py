"""Inventing the partnership's action plan: objectives after 6.2 and the table of 5.1 of the
strategy, in our own words, and actions that are early, late and done."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from caseapp.demo.house_told import ActionOfPlanTold, StepTold
from caseapp.demo.period import Period

OBJECTIVES = {
    "Those who commit violence answer for it": "Few assaults end with an outcome in law, and "
    "little is known about who commits them (5.1).",
    "Victims are safe, and what they say is acted on": "What makes people feel safer, with and "
    "without an outcome in law, is not known (5.1).",
    "Communities that are hit hardest come first": "Some wards and some groups carry more of the "
    "violence, and should find the services that they need (5.1).",
}
HELD, SAFE, FIRST = OBJECTIVES


class Planned(NamedTuple):
    """Days are counted from the last day that is told; `steps` are (days, state, words,
    evidence)."""

    objective: str
    title: str
    owner: str
    added: int
    due: int
    indicators: tuple[str, ...]
    steps: tuple[tuple[int, str, str, str], ...] = ()


ACTIONS = (
    Planned(
        HELD, "Ask why cases end without an outcome, and code the answers", "Community safety team",
        -300, -20, ("7", "16", "23", "27"),
        ((-200, "on_track", "The list of reasons is agreed.", "Minutes of the working group"),
         (-60, "delayed", "Two teams have not begun to record reasons.", "")),
    ),
    Planned(
        HELD, "Record who is said to have done it at every MARAC", "MARAC co-ordinator",
        -260, 70, ("17", "24"),
        ((-150, "on_track", "The form asks for both facts now.", "The new referral form"),),
    ),
    Planned(
        HELD, "Offer a perpetrator programme with support for the victim beside it",
        "Adult social care", -240, -75, ("3",),
        ((-120, "on_track", "The provider is chosen.", ""),
         (-80, "complete", "The first group has met.", "The provider's report")),
    ),
    Planned(
        SAFE, "Bring the number of youth-violence advocates to six", "Children's services",
        -320, 130, ("1", "2"),
        ((-100, "on_track", "One of the posts is filled.", "The staff list"),),
    ),
    Planned(
        SAFE, "Ask victims what helped at the start, at reviews and at the end",
        "Community safety team", -210, 45, ("28", "33", "36"),
        ((-40, "on_track", "Two services give the questions out.", "Answers by month"),),
    ),
    Planned(
        SAFE, "Find out what young women and girls need, and who can meet it", "Public health",
        -180, -10, ("9", "10", "30"),
    ),
    Planned(
        SAFE, "Train IDVAs in disability and health needs", "Voluntary sector lead",
        -150, 100, ("20", "31"),
    ),
    Planned(
        FIRST, "Hold advice mornings in each of the priority wards", "Voluntary sector lead",
        -230, -95, ("32", "33"),
        ((-170, "on_track", "Two of five wards have one.", ""),
         (-100, "complete", "All five wards have one.", "The list of dates")),
    ),
    Planned(
        FIRST, "Agree with Black-led groups how services reach their communities",
        "Community safety team", -190, 25, ("13", "22", "29"),
        ((-50, "delayed", "The second meeting was put off.", ""),),
    ),
    Planned(
        FIRST, "Ask for ethnicity in every domestic abuse case", "Managers of the services",
        -130, 160, ("21", "22"),
        ((-30, "on_track", "Each team sees what is missing.", "The data quality page"),),
    ),
)  # fmt: skip


def invent_actions(period: Period) -> Iterator[ActionOfPlanTold]:
    """As far as they are on the last day that is told."""
    last = period.last
    for planned in ACTIONS:
        yield ActionOfPlanTold(
            objective=planned.objective,
            title=planned.title,
            owner=planned.owner,
            added_on=_day(last, planned.added),
            due_on=_day(last, planned.due),
            indicators=planned.indicators,
            steps=tuple(
                StepTold(on=_day(last, days), state=state, words=words, evidence=evidence)
                for days, state, words, evidence in planned.steps
            ),
        )


def _day(last: date, days: int) -> date:
    return last + timedelta(days=days)
