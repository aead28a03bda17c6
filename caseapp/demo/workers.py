"""Teams, the people who work in them, and who has which case: nobody more than they can carry."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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


def allocate(cases: Sequence[CaseTold], seed: int) -> tuple[list[WorkerTold], list[CaseTold]]:
    """The workers that these cases need, and the cases with their advocates and supervisors."""
    rng = dice(seed, "workers")
    by_team = defaultdict(list)
    for number, case in enumerate(cases):
        by_team[case.team].append(number)
    workers, given = [*_without_team()], list(cases)
    for team in TEAMS:
        manager, *advocates = _workers_of(rng, team, [cases[n] for n in by_team[team.key]])
        workers += [manager, *advocates]
        turns = {True: cycle(advocates), False: cycle(advocates)}  # open and closed ones apart
        for number in by_team[team.key]:
            advocate = next(turns[cases[number].closed is None])
            given[number] = replace(
                cases[number],
                team=team.name,
                advocate=advocate.email,
                supervisor=manager.email,
            )
    return workers, given


def _without_team() -> Iterator[WorkerTold]:
    for role in ("analyst", "administrator"):
        email = f"{role}@demo.example"
        yield WorkerTold(
            email=email, name=DEMO_NAMES[email], role=role, team="", service="",
            passphrase=PASSWORD,
        )  # fmt: skip


def _workers_of(rng: Random, team: TeamTold, cases: Iterable[CaseTold]) -> Iterator[WorkerTold]:
    """The manager, then as many advocates as the open cases need."""
    open_cases = sum(case.closed is None for case in cases)
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
