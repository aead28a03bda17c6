"""Teams, the people who work in them, and who has which case: nobody more than they can carry."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import cycle
from random import Random
from typing import NamedTuple

from msgspec.structs import replace

from caseapp.accounts.demo import PASSWORD
from caseapp.demo.borough import dice
from caseapp.demo.lives import CaseTold, WorkerTold
from caseapp.demo.names import name_from

CASELOAD = 24  # open cases for one advocate; 15 to 30 is usual


class TeamTold(NamedTuple):
    key: str
    name: str
    service: str
    manager: str  # email addresses; the first advocates are demo accounts where there are any
    advocates: tuple[str, ...] = ()


TEAMS = (
    TeamTold(
        "youth-reduction",
        "Youth Violence Reduction Service",
        "youth_violence",
        "manager@demo.example",
        ("advocate@demo.example", "colleague@demo.example"),
    ),
    TeamTold("youth-north", "Northside Youth Advocates", "youth_violence", ""),
    TeamTold("idva", "Domestic abuse advocates", "idva", "", ("other-team@demo.example",)),
    TeamTold("sexual-violence", "Sexual violence advocates", "sexual_violence", ""),
)
DEMO_NAMES = {
    "advocate@demo.example": "Amina Larkspur",
    "colleague@demo.example": "Callum Brightwater",
    "other-team@demo.example": "Tomasz Wrenfield",
    "manager@demo.example": "Josephine Adeyemi-Holt",
    "analyst@demo.example": "Priya Stonebridge",
    "administrator@demo.example": "Owen Fairweather",
}
CULTURES = ("british", "british", "yoruba", "somali", "portuguese", "irish", "joined_name")


def count_open(cases: Iterable[CaseTold]) -> Counter[str]:
    """Open cases by the key of their team."""
    return Counter(case.team for case in cases if case.closed is None)


def invent_workers(open_cases: Mapping[str, int], seed: int) -> list[WorkerTold]:
    """The workers that so many open cases need, the six demo accounts among them."""
    rng = dice(seed, "workers")
    workers = [*_without_team()]
    for team in TEAMS:
        workers += _workers_of(rng, team, open_cases.get(team.key, 0))
    return workers


def allocate(cases: Iterable[CaseTold], workers: Iterable[WorkerTold]) -> Iterator[CaseTold]:
    """Each case with its team's name and manager and one of its advocates, in turn."""
    by_team: dict[str, list[WorkerTold]] = defaultdict(list)
    for worker in workers:
        by_team[worker.team].append(worker)
    turns = {  # open and closed cases go round apart, so that the open ones are shared evenly
        (team.key, is_open): cycle(by_team[team.name][1:]) for team in TEAMS for is_open in (0, 1)
    }
    names = {team.key: team.name for team in TEAMS}
    for case in cases:
        team = names[case.team]
        advocate = next(turns[case.team, case.closed is None])
        supervisor = by_team[team][0].email
        yield replace(case, team=team, advocate=advocate.email, supervisor=supervisor)


def _without_team() -> Iterator[WorkerTold]:
    for role in ("analyst", "administrator"):
        email = f"{role}@demo.example"
        yield WorkerTold(
            email=email, name=DEMO_NAMES[email], role=role, team="", service="",
            passphrase=PASSWORD,
        )  # fmt: skip


def _workers_of(rng: Random, team: TeamTold, open_cases: int) -> Iterator[WorkerTold]:
    """The manager, then as many advocates as the open cases need."""
    needed = max(2, -(-open_cases // CASELOAD))
    yield _worker(rng, team, "manager", team.manager)
    for number in range(needed):
        demo_account = team.advocates[number] if number < len(team.advocates) else ""
        yield _worker(rng, team, "advocate", demo_account)


def _worker(rng: Random, team: TeamTold, role: str, email: str) -> WorkerTold:
    """A demo account has its own name; the others are invented and cannot sign in."""
    name = name_from(rng, rng.choice(CULTURES), rng.choice(("female", "male")))
    number = rng.randrange(10**6)
    return WorkerTold(
        email=email or f"{role}{number:06}@{team.key}.example",
        name=DEMO_NAMES[email] if email else f"{name.given} {name.family}",
        role=role,
        team=team.name,
        service=team.service,
        passphrase=PASSWORD if email else "",
    )
