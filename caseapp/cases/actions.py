"""What is done to a case: each change and its audit entry in one transaction."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import current_app
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.contributions import person_watches, tell_turn
from caseapp.cases.models import Case, CaseBody, CaseHead
from caseapp.cases.rules import has_moved, new_reference, normal_reference
from caseapp.database import db
from caseapp.people import actions as people_actions
from caseapp.people.models import (
    FlagBody,
    FlagHead,
    FlagStep,
    NeedsFlag,
    Person,
    PersonBody,
    PersonHead,
)


def create_case(
    case_id: UUID,
    person: Person,
    *,
    head: CaseHead,
    body: CaseBody,
    service: str,
    risk_level: str,
    team_id: UUID,
    advocate_id: UUID | None,
    by: Actor,
) -> Case:
    """Open a case for a person. Its id is the one that the form was shown with."""
    case = Case(
        id=case_id,
        person_id=person.id,
        team_id=team_id,
        advocate_id=advocate_id,
        service=service,
        status="open",
        risk_level=risk_level,
        opened_month=head.opened_on.strftime("%Y-%m"),
        reference_token=reference_token(head.reference),
        head=head,
        body=body,
    )
    db.session.add(case)
    db.session.flush()
    note_act(Kind.CASE_CREATED, case, by, Permission.OPEN_CASE)
    return case


def reference_token(reference: str) -> bytes:
    """The blind token by which a reference is found: 8 bytes."""
    token: bytes = current_app.extensions["vault"].blind_token(
        "case_reference", normal_reference(reference)
    )
    return token


def change_person(
    case: Case, person: Person, head: PersonHead, body: PersonBody, by: Actor
) -> None:
    """Raises CaseIsClosed, and StaleDataError where somebody saved the person in between."""
    insist_on_open(case)
    moved = has_moved((person.head, person.body), (head, body))
    people_actions.change_person(person, head, body)
    note_act(Kind.PERSON_CHANGED, case, by, Permission.EDIT_CASE, subject_id=person.id)
    for each in cases_of(person):
        for watch in person_watches:
            watch(each, by)
        if moved and each.is_open:
            tell_turn(each, "move", by)


def cases_of(person: Person) -> Sequence[Case]:
    """Every case of the person, whosever it is: nothing of another may be shown."""
    query = select(Case).where(Case.person_id == person.id).order_by(Case.id)
    return db.session.scalars(query).all()


def raise_flag(flag_id: UUID, case: Case, head: FlagHead, body: FlagBody, by: Actor) -> NeedsFlag:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    person = db.session.get_one(Person, case.person_id)
    flag = people_actions.raise_flag(flag_id, person, head, body)
    note_act(Kind.FLAG_RAISED, case, by, Permission.EDIT_CASE, subject_id=flag.id)
    return flag


def review_flag(
    case: Case, flag: NeedsFlag, step: FlagStep, by: Actor, *, what_helps: str | None = None
) -> None:
    """Raises CaseIsClosed, FlagHasEnded or StepOutOfOrder."""
    insist_on_open(case)
    people_actions.review_flag(flag, step, what_helps)
    note_act(Kind.FLAG_REVIEWED, case, by, Permission.EDIT_CASE, subject_id=flag.id)


def end_flag(
    case: Case, flag: NeedsFlag, on: date, by: Actor, *, what_helps: str | None = None
) -> None:
    """Raises CaseIsClosed, FlagHasEnded or StepOutOfOrder."""
    insist_on_open(case)
    people_actions.end_flag(flag, on, by.user_id, what_helps)
    note_act(Kind.FLAG_ENDED, case, by, Permission.EDIT_CASE, subject_id=flag.id)


def allocate_case(case: Case, advocate: Actor, by: Actor) -> None:
    """Give the case to an advocate of its team. Raises CaseIsClosed, ValueError for others."""
    insist_on_open(case)
    if advocate.team_id != case.team_id:
        raise ValueError("the advocate is not in the team of this case")
    case.advocate_id = advocate.user_id
    note_act(Kind.CASE_ALLOCATED, case, by, Permission.ALLOCATE_CASE, subject_id=advocate.user_id)


def change_themes(case: Case, themes: tuple[str, ...], by: Actor) -> None:
    """Raises CaseIsClosed, and StaleDataError where somebody saved the case in between."""
    insist_on_open(case)
    case.head = replace(case.head, themes=themes)
    note_act(Kind.CASE_CHANGED, case, by, Permission.EDIT_CASE)


def first_head(
    opened_on: date, themes: tuple[str, ...], source: str, next_review_on: date
) -> CaseHead:
    return CaseHead(
        reference=new_reference(),
        themes=themes,
        opened_on=opened_on,
        referral_source=source,
        next_review_on=next_review_on,
    )
