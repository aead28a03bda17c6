"""Inventing the children of a household, and who else of the service belongs to somebody."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from caseapp.demo import surroundings
from caseapp.demo.borough import Weights, pick
from caseapp.demo.lives import CaseTold, Identity
from caseapp.demo.names import CULTURES_OF, pick_name
from caseapp.demo.work_told import LinkTold, RelativeTold
from caseapp.households.models import ChildHead
from caseapp.people.rules import age_on

# Ours, all of them.
SOCIAL_CARE: Weights = {
    "none": 0.42, "early_help": 0.16, "child_in_need": 0.16, "child_protection": 0.12,
    "looked_after": 0.03, "not_known": 0.11,
}  # fmt: skip
LIVES_WITH: Weights = {"person": 0.62, "both": 0.24, "in_turns": 0.08, "relative": 0.06}
NOTICED: Weights = {"heard": 0.45, "saw": 0.35, "harmed": 0.08}
HAS_A_TIE = 0.03
YOUNGEST_PARENT, OLDEST_MOTHER, GROWN_UP = 17, 44, 18


def invent_household(
    rng: Random, told: CaseTold, others: Sequence[CaseTold]
) -> tuple[ChildHead, ...]:
    """As many children as the story says, if somebody of that age can have them. Who comes back
    has the household that they had."""
    for other in others:
        if other.person.number == told.person.number:
            return other.household
    return tuple(_child(rng, told) for _ in range(told.children if _may_have(told) else 0))


def _may_have(told: CaseTold) -> bool:
    age = age_on(told.person.date_of_birth, told.opened)
    return YOUNGEST_PARENT < age <= OLDEST_MOTHER + GROWN_UP - 1


def _child(rng: Random, told: CaseTold) -> ChildHead:
    age = age_on(told.person.date_of_birth, told.opened)
    oldest = min(GROWN_UP - 1, age - YOUNGEST_PARENT)
    youngest = min(oldest, max(0, age - OLDEST_MOTHER))
    years = rng.randint(youngest, oldest)
    born = told.opened - timedelta(days=years * 365 + rng.randint(20, 330))
    status = pick(rng, SOCIAL_CARE)
    with_mash = status not in {"none", "not_known"}
    return ChildHead(
        name=_name(rng, told.person),
        date_of_birth=born,
        relationship_to_person="child",
        relationship_to_perpetrator="stepchild" if rng.random() < 0.2 else "child",
        lives_with=pick(rng, LIVES_WITH),
        school=rng.choice(surroundings.SCHOOLS) if years > 4 else "",
        social_care_status=status,
        mash_reference=f"MASH-{rng.randrange(100_000):05}" if with_mash else "",
        effects=tuple(code for code, share in NOTICED.items() if rng.random() < share),
    )


def _name(rng: Random, person: Identity) -> str:
    ethnicity = person.ethnicity if person.ethnicity in CULTURES_OF else "white_british"
    given = pick_name(rng, ethnicity, rng.choice(("female", "male"))).given
    return f"{given} {person.family_name}".strip()


def invent_links(told: CaseTold, others: Sequence[CaseTold]) -> tuple[LinkTold, ...]:
    """To an earlier case of the same person, and to that of an alleged perpetrator who is one."""
    named = {alleged.client for alleged in told.alleged if alleged.recorded}
    codes = {number: "suspected_here" for number in named if number is not None}
    codes[told.person.number] = "same_person"
    found = {
        other.person.number: LinkTold(code=codes[other.person.number], reference=other.reference)
        for other in others
        if other.person.number in codes
    }
    return tuple(found.values())


def invent_relatives(
    rng: Random, told: CaseTold, others: Sequence[CaseTold], *, rich: bool
) -> tuple[RelativeTold, ...]:
    """A brother, sister or friend whom the same team knows, for a few."""
    if not rich and (told.service != "youth_violence" or rng.random() >= HAS_A_TIE):
        return ()
    near = [each.person for each in others if each.team == told.team]
    near = [each for each in near if each.number != told.person.number]
    same = [each for each in near if _could_be_siblings(told.person, each)]
    if same:
        return (RelativeTold(code="sibling", number=rng.choice(same).number),)
    return (RelativeTold(code="friend_or_peer", number=rng.choice(near).number),) if near else ()


def _could_be_siblings(one: Identity, other: Identity) -> bool:
    apart = abs((one.date_of_birth - other.date_of_birth).days)
    return bool(one.family_name) and one.family_name == other.family_name and 300 < apart < 4000
