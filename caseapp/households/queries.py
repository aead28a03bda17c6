"""Reading a household: children, relatives and linked cases, as far as the reader may see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import current_app
from sqlalchemy import or_, select

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.cases.door import may
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.households.models import CaseLink, Child, Relationship
from caseapp.households.rules import Elders, inverse_of, is_above, is_restricted, word_for
from caseapp.households.seen import SeenCase, seen_cases
from caseapp.reference import label_of
from caseapp.vault.owner_keys import warm


@dataclass(frozen=True)
class Tie:
    """A relative or a linked case, seen from the case that is open. `other` is None where the
    reader may not open it; then nothing else is told either."""

    id: UUID
    other: SeenCase | None
    what: str
    ended_on: date | None


@dataclass(frozen=True)
class Household:
    """All that the page shows. `hidden`: how many ties lead to cases that are not for the reader
    is not told, only whether there are any."""

    children: Sequence[Child]
    relatives: Sequence[Tie]
    links: Sequence[Tie]
    hidden_relatives: bool
    hidden_links: bool


def children_of(person_id: UUID) -> Sequence[Child]:
    """Those who live in the household first, the eldest first; then those who left."""
    found = db.session.scalars(select(Child).where(Child.person_id == person_id)).all()
    return sorted(found, key=_by_age)


def names_in_household(case: Case) -> list[str]:
    """Of the children who live there now."""
    children = children_of(case.person_id)
    return [child.head.name for child in children if not child.head.ended_on]


def household_of(case: Case, actor: Actor) -> Household:
    """In a constant number of statements."""
    relationships, links = relationships_of(case.person_id), links_of(case)
    if may(actor, Permission.SEE_PERPETRATORS, case) is None:
        links = [link for link in links if not is_restricted(link.head.code)]
    people = {_other(row, case.person_id) for row in relationships}
    seen = seen_cases(actor, cases={_other(row, case.id) for row in links}, people=people)
    of_person, of_case = {c.person_id: c for c in reversed(seen)}, {c.id: c for c in seen}
    relatives = [_relative(row, case.person_id, of_person) for row in relationships]
    linked = [_linked(row, case.id, of_case) for row in links]
    return Household(
        children=children_of(case.person_id),
        relatives=[tie for tie in relatives if tie.other],
        links=[tie for tie in linked if tie.other],
        hidden_relatives=any(tie.other is None and not tie.ended_on for tie in relatives),
        hidden_links=any(tie.other is None and not tie.ended_on for tie in linked),
    )


def relationships_of(person_id: UUID) -> Sequence[Relationship]:
    """From either side."""
    return _with_keys(relationships_among({person_id}))


def relationships_among(people: Collection[UUID]) -> Sequence[Relationship]:
    """Every relationship that one of these people is a side of."""
    ends = or_(Relationship.person_id.in_(people), Relationship.other_id.in_(people))
    return db.session.scalars(select(Relationship).where(ends)).all()


def links_of(case: Case) -> Sequence[CaseLink]:
    """From either side."""
    ends = or_(CaseLink.case_id == case.id, CaseLink.other_id == case.id)
    found = db.session.scalars(select(CaseLink).where(ends)).all()
    vault = current_app.extensions["vault"]
    warm(db.session.connection(), vault, {link.case_id for link in found})
    return found


def relationship_with(case: Case, relationship_id: UUID) -> Relationship | None:
    """None for one of other people."""
    row = db.session.get(Relationship, relationship_id)
    return row if row and case.person_id in {row.person_id, row.other_id} else None


def link_with(case: Case, link_id: UUID) -> CaseLink | None:
    """None for one of other cases."""
    row = db.session.get(CaseLink, link_id)
    return row if row and case.id in {row.case_id, row.other_id} else None


def child_in(case: Case, child_id: UUID) -> Child | None:
    """None for a child of another household."""
    child = db.session.get(Child, child_id)
    return child if child and child.person_id == case.person_id else None


def code_from(row: Relationship | CaseLink, list_name: str, own_id: UUID) -> str:
    """The code of a tie as it reads from the side of `own_id`."""
    first = row.person_id if isinstance(row, Relationship) else row.case_id
    return row.head.code if first == own_id else inverse_of(list_name, row.head.code)


def elders_known_to(actor: Actor) -> Elders:
    """Parents and grandparents, among the people of the actor's own team alone: a circle through
    others would tell of them."""
    team = select(Case.person_id).where(Case.team_id == actor.team_id)

    def elders(people: Collection[UUID]) -> set[UUID]:
        both = Relationship.person_id.in_(team), Relationship.other_id.in_(team)
        ends = or_(Relationship.person_id.in_(people), Relationship.other_id.in_(people))
        rows = _with_keys(db.session.scalars(select(Relationship).where(ends, *both)).all())
        current = [row for row in rows if not row.head.ended_on]
        return {
            _other(row, own)
            for row in current
            for own in (row.person_id, row.other_id)
            if own in people and is_above(code_from(row, "family_relationship", own))
        }

    return elders


def _relative(row: Relationship, own_id: UUID, seen: dict[UUID, SeenCase]) -> Tie:
    other = seen.get(_other(row, own_id))
    code = code_from(row, "family_relationship", own_id)
    return Tie(row.id, other, word_for(code, other.sex if other else ""), row.head.ended_on)


def _linked(row: CaseLink, own_id: UUID, seen: dict[UUID, SeenCase]) -> Tie:
    what = label_of("case_link", code_from(row, "case_link", own_id))
    return Tie(row.id, seen.get(_other(row, own_id)), what, row.head.ended_on)


def _other(row: Relationship | CaseLink, own_id: UUID) -> UUID:
    first = row.person_id if isinstance(row, Relationship) else row.case_id
    return row.other_id if first == own_id else first


def _with_keys(rows: Sequence[Relationship]) -> Sequence[Relationship]:
    vault = current_app.extensions["vault"]
    warm(db.session.connection(), vault, {row.person_id for row in rows})
    return rows


def _by_age(child: Child) -> tuple[bool, date, str]:
    head = child.head
    return bool(head.ended_on), head.date_of_birth or head.expected_on or date.max, head.name
