"""What is done about an alleged perpetrator: the change, its check and its audit entry in one."""

from datetime import date
from uuid import UUID

from flask import current_app
from msgspec.structs import replace
from sqlalchemy import delete

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db
from caseapp.perpetrators.conflict import check_perpetrator
from caseapp.perpetrators.models import (
    AllegedPerpetrator,
    ConflictCheck,
    Fact,
    PerpetratorBody,
    PerpetratorHead,
    PerpetratorToken,
    ProgrammeBody,
    ProgrammeHead,
    ProgrammeReferral,
    Settlement,
)
from caseapp.perpetrators.rules import end_fact as without_fact
from caseapp.perpetrators.rules import facts_after
from caseapp.perpetrators.tokens import tokens_to_keep


def add_perpetrator(
    perpetrator_id: UUID,
    case: Case,
    head: PerpetratorHead,
    *,
    source: str,
    confidence: str,
    by: Actor,
) -> AllegedPerpetrator:
    """Each detail is kept with who said so and how sure they are. Raises CaseIsClosed."""
    insist_on_open(case)
    facts = facts_after((), head, source, confidence, by.user_id, today())
    perpetrator = AllegedPerpetrator(
        id=perpetrator_id,
        case_id=case.id,
        author_id=by.user_id,
        head=head,
        body=PerpetratorBody(facts=facts),
    )
    db.session.add(perpetrator)
    _saved(Kind.PERPETRATOR_ADDED, case, perpetrator, by)
    return perpetrator


def change_perpetrator(
    case: Case,
    perpetrator: AllegedPerpetrator,
    head: PerpetratorHead,
    *,
    source: str,
    confidence: str,
    by: Actor,
) -> None:
    """Raises CaseIsClosed, and StaleDataError where somebody saved it in between."""
    insist_on_open(case)
    facts = facts_after(perpetrator.body.facts, head, source, confidence, by.user_id, today())
    perpetrator.head, perpetrator.body = head, PerpetratorBody(facts=facts)
    _saved(Kind.PERPETRATOR_CHANGED, case, perpetrator, by)


def add_fact(case: Case, perpetrator: AllegedPerpetrator, fact: Fact, by: Actor) -> None:
    """Raises CaseIsClosed. The same fact sent twice is kept once."""
    insist_on_open(case)
    facts = perpetrator.body.facts
    if fact.id not in {each.id for each in facts}:
        perpetrator.body = replace(perpetrator.body, facts=(*facts, fact))
    _saved(Kind.PERPETRATOR_CHANGED, case, perpetrator, by)


def end_fact(
    case: Case, perpetrator: AllegedPerpetrator, fact_id: UUID, on: date, by: Actor
) -> None:
    """It is no longer so; it stays on record. Raises CaseIsClosed."""
    insist_on_open(case)
    facts = without_fact(perpetrator.body.facts, fact_id, on)
    perpetrator.body = replace(perpetrator.body, facts=facts)
    _saved(Kind.PERPETRATOR_CHANGED, case, perpetrator, by)


def record_programme(
    programme_id: UUID,
    case: Case,
    perpetrator: AllegedPerpetrator,
    head: ProgrammeHead,
    body: ProgrammeBody,
    by: Actor,
) -> ProgrammeReferral:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    programme = ProgrammeReferral(
        id=programme_id,
        case_id=case.id,
        perpetrator_id=perpetrator.id,
        author_id=by.user_id,
        head=head,
        body=body,
    )
    db.session.add(programme)
    _note(Kind.PROGRAMME_RECORDED, case, programme.id, by)
    return programme


def change_programme(
    case: Case, programme: ProgrammeReferral, head: ProgrammeHead, body: ProgrammeBody, by: Actor
) -> None:
    """Raises CaseIsClosed, and StaleDataError where somebody saved it in between."""
    insist_on_open(case)
    programme.head, programme.body = head, body
    _note(Kind.PROGRAMME_RECORDED, case, programme.id, by)


def settle_conflict(case: Case, check: ConflictCheck, words: str, by: Actor) -> None:
    """The managers have spoken: the warning goes, until somebody is found in another team."""
    settlement = Settlement(words=words, on=today(), by=by.user_id)
    check.head = replace(check.head, settled=check.head.teams)
    check.body = replace(check.body, settlements=(*check.body.settlements, settlement))
    note_act(Kind.CONFLICT_SETTLED, case, by, Permission.SETTLE_CONFLICT, subject_id=check.id)


def _saved(kind: Kind, case: Case, perpetrator: AllegedPerpetrator, by: Actor) -> None:
    _note(kind, case, perpetrator.id, by)
    vault = current_app.extensions["vault"]
    db.session.execute(
        delete(PerpetratorToken).where(PerpetratorToken.perpetrator_id == perpetrator.id)
    )
    for field, token in tokens_to_keep(vault, perpetrator.head, perpetrator.body.facts):
        db.session.add(PerpetratorToken(perpetrator_id=perpetrator.id, field=field, token=token))
    check_perpetrator(case, perpetrator, by)


def _note(kind: Kind, case: Case, subject_id: UUID, by: Actor) -> None:
    note_act(kind, case, by, Permission.SEE_PERPETRATORS, subject_id=subject_id)
