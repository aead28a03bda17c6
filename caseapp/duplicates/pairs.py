"""People of a team who may have been entered twice: they share a near-unique fact, found by its
blind token, or look so to a manager who names two cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from sqlalchemy import func, select

from caseapp.access.actors import Actor
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.duplicates.models import PersonMerge
from caseapp.households.seen import SeenCase, seen_cases
from caseapp.people.models import PersonToken

MOST = 100  # pairs on the page; the next ones come when these are decided
WORDS = {
    "name_and_birth": "Family name and date of birth",
    "phone": "Phone number",
    "email": "Email address",
}


@dataclass(frozen=True)
class Pair:
    """Two people who share something, each with their cases in the team; the older record first."""

    first: Sequence[SeenCase]
    second: Sequence[SeenCase]
    shared: tuple[str, ...]


@dataclass(frozen=True)
class PastMerge:
    """What was decided of two records, and when."""

    merge: PersonMerge
    cases: Sequence[SeenCase]


def likely_pairs(actor: Actor) -> list[Pair]:
    """Pairs that nobody has decided on yet, in a constant number of statements."""
    shared = _shared_facts(actor)
    for decided in _decided(actor):
        shared.pop(decided, None)
    pairs = list(shared.items())[:MOST]
    seen = seen_cases(actor, people={person for pair, _ in pairs for person in pair})
    of_person: dict[UUID, list[SeenCase]] = {}
    for case in seen:
        of_person.setdefault(case.person_id, []).append(case)
    return [_pair(pair, of_person, facts) for pair, facts in pairs if of_person.keys() >= pair]


def past_merges(actor: Actor) -> list[PastMerge]:
    """The newest merges of the team that were not undone."""
    query = select(PersonMerge).where(
        PersonMerge.team_id == actor.team_id, PersonMerge.status == "merged"
    )
    found = db.session.scalars(query.order_by(PersonMerge.month.desc()).limit(MOST)).all()
    seen = seen_cases(actor, people={merge.person_id for merge in found})
    past = [PastMerge(m, [c for c in seen if c.person_id == m.person_id]) for m in found]
    past.sort(key=lambda each: each.merge.head.at, reverse=True)
    return [each for each in past if each.cases]


def _shared_facts(actor: Actor) -> dict[frozenset[UUID], list[str]]:
    """Pairs of the team's people by what they share. Of many who share one thing, each is put
    beside the next: a hostel's telephone number would else make hundreds of pairs."""
    team = select(Case.person_id).where(Case.team_id == actor.team_id)
    twice = (
        select(PersonToken.token)
        .where(PersonToken.person_id.in_(team))
        .group_by(PersonToken.token)
        .having(func.count(PersonToken.person_id.distinct()) > 1)
    )
    columns = PersonToken.token, PersonToken.field, PersonToken.person_id
    rows = db.session.execute(
        select(*columns)
        .where(PersonToken.token.in_(twice), PersonToken.person_id.in_(team))
        .order_by(*columns)
    )
    people: dict[tuple[str, bytes], list[UUID]] = {}
    for token, field, person_id in rows:
        people.setdefault((field, token), []).append(person_id)
    return _pairs(people)


def _pairs(people: dict[tuple[str, bytes], list[UUID]]) -> dict[frozenset[UUID], list[str]]:
    pairs: dict[frozenset[UUID], list[str]] = {}
    for field in WORDS:  # the strongest first
        for (name, _), group in people.items():
            for one, other in pairwise(group) if name == field else ():
                pairs.setdefault(frozenset((one, other)), []).append(field)
    return pairs


def _decided(actor: Actor) -> Iterable[frozenset[UUID]]:
    query = select(PersonMerge.person_id, PersonMerge.other_id).where(
        PersonMerge.team_id == actor.team_id, PersonMerge.status == "apart"
    )
    return [frozenset((one, other)) for one, other in db.session.execute(query)]


def _pair(
    pair: frozenset[UUID], of_person: dict[UUID, list[SeenCase]], facts: Sequence[str]
) -> Pair:
    first, second = sorted(pair, key=lambda person: min(_age(c) for c in of_person[person]))
    return Pair(of_person[first], of_person[second], tuple(WORDS[fact] for fact in facts))


def _age(case: SeenCase) -> tuple[str, str]:
    return case.opened_month, str(case.id)
