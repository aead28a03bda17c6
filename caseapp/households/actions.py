"""What is done in a household: each change and its audit entries in one transaction."""

from datetime import date
from uuid import UUID

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db
from caseapp.households.models import (
    CaseLink,
    CaseLinkHead,
    Child,
    ChildBody,
    ChildHead,
    Relationship,
    RelationshipHead,
)
from caseapp.households.queries import (
    code_from,
    elders_known_to,
    links_of,
    relationships_of,
)
from caseapp.households.rules import inverse_of, is_above, is_too_young, would_be_own_ancestor
from caseapp.people.models import Person

FAMILY, LINK = "family_relationship", "case_link"


class CannotTie(Exception):
    """These two cannot be tied so; the message says why, for the person who typed it."""


def add_child(child_id: UUID, case: Case, head: ChildHead, body: ChildBody, by: Actor) -> Child:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    child = Child(id=child_id, person_id=case.person_id, head=head, body=body)
    db.session.add(child)
    note_act(Kind.CHILD_ADDED, case, by, Permission.EDIT_CASE, subject_id=child.id)
    return child


def change_child(case: Case, child: Child, head: ChildHead, body: ChildBody, by: Actor) -> None:
    """Raises CaseIsClosed, and StaleDataError where somebody saved the child in between."""
    insist_on_open(case)
    has_left = head.ended_on is not None and child.head.ended_on is None
    child.head, child.body = head, body
    kind = Kind.CHILD_LEFT if has_left else Kind.CHILD_CHANGED
    note_act(kind, case, by, Permission.EDIT_CASE, subject_id=child.id)


def relate_people(
    relationship_id: UUID, case: Case, other: Case, code: str, by: Actor
) -> Relationship:
    """Record what the person of the other case is to the person of this one.

    Raises CaseIsClosed, and CannotTie for a tie that cannot be.
    """
    insist_on_open(case)
    _insist_on_a_possible_tie(case, other, code, by)
    row = Relationship(
        id=relationship_id,
        person_id=case.person_id,
        other_id=other.person_id,
        head=RelationshipHead(code=code, recorded_on=today()),
    )
    db.session.add(row)
    _note_both(Kind.RELATIONSHIP_ADDED, case, other, by, row.id)
    return row


def end_relationship(case: Case, row: Relationship, on: date, by: Actor) -> None:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    row.head = replace(row.head, ended_on=on)
    note_act(Kind.RELATIONSHIP_ENDED, case, by, Permission.EDIT_CASE, subject_id=row.id)


def link_cases(link_id: UUID, case: Case, other: Case, code: str, by: Actor) -> CaseLink:
    """Say why two cases belong together. Raises CaseIsClosed and CannotTie."""
    insist_on_open(case)
    _insist_on_a_new_link(case, other, code)
    row = CaseLink(
        id=link_id,
        case_id=case.id,
        other_id=other.id,
        head=CaseLinkHead(code=code, linked_on=today()),
    )
    db.session.add(row)
    _note_both(Kind.CASES_LINKED, case, other, by, row.id)
    return row


def end_link(case: Case, row: CaseLink, on: date, by: Actor) -> None:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    row.head = replace(row.head, ended_on=on)
    other_id = row.other_id if row.case_id == case.id else row.case_id
    _note_both(Kind.CASE_LINK_ENDED, case, db.session.get_one(Case, other_id), by, row.id)


def _insist_on_a_new_link(case: Case, other: Case, code: str) -> None:
    if case.id == other.id:
        raise CannotTie("This is the reference of this very case. Enter that of the other one")
    if case.person_id == other.person_id and code != "same_person":
        raise CannotTie("Both cases are of one person: choose “Two cases of one person”")
    if case.person_id != other.person_id and code == "same_person":
        raise CannotTie(
            "The two cases are of different records. If it is one person, ask your manager to"
            " merge them"
        )
    for known in links_of(case):
        is_pair = other.id in {known.case_id, known.other_id}
        same = code_from(known, LINK, case.id) == code
        if is_pair and same and not known.head.ended_on:
            raise CannotTie("These two cases are linked in this way already")


def _insist_on_a_possible_tie(case: Case, other: Case, code: str, by: Actor) -> None:
    if case.person_id == other.person_id:
        raise CannotTie("This is a case of the same person. Nobody is related to themselves")
    for known in relationships_of(case.person_id):
        is_pair = other.person_id in {known.person_id, known.other_id}
        same = code_from(known, FAMILY, case.person_id) == code
        if is_pair and same and not known.head.ended_on:
            raise CannotTie("This relationship is recorded already")
    older_is_other, older_is_this = is_above(code), is_above(inverse_of(FAMILY, code))
    if older_is_other:
        _insist_on_generations(case.person_id, other.person_id, by)
    elif older_is_this:
        _insist_on_generations(other.person_id, case.person_id, by)


def _insist_on_generations(younger: UUID, older: UUID, by: Actor) -> None:
    if would_be_own_ancestor(younger, older, elders_known_to(by)):
        raise CannotTie(
            "This would make somebody their own ancestor. Check which of the two is the older"
        )
    born = [db.session.get_one(Person, each).head.date_of_birth for each in (younger, older)]
    if is_too_young(*born):
        raise CannotTie("Their dates of birth do not allow this. Check both dates")


def _note_both(kind: Kind, case: Case, other: Case, by: Actor, subject_id: UUID) -> None:
    """In the chain of each of the two cases; the written row stands with the first."""
    note_act(kind, case, by, Permission.EDIT_CASE, subject_id=subject_id)
    record(
        kind,
        actor=by,
        team_id=other.team_id,
        case_id=other.id,
        subject_id=subject_id,
        reason=decide(by, Permission.OPEN_CASE, other.facts),
    )
