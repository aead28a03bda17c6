"""What was told of a case, as the rows that the rooms keep."""

from collections.abc import Iterator
from uuid import UUID, uuid4

from caseapp.cases.actions import reference_token
from caseapp.cases.models import Case, CaseBody, CaseHead
from caseapp.contacts.models import Note, NoteBody, NoteHead
from caseapp.demo.lives import CaseTold, FlagTold, Identity, NoteTold
from caseapp.demo.safe_hours import safe_contact_of
from caseapp.people.models import (
    FlagBody,
    FlagHead,
    FlagStep,
    NeedsFlag,
    PersonBody,
    PersonHead,
)


def person_head(told: Identity) -> PersonHead:
    names = [name for name in PersonHead.__struct_fields__ if name != "earlier"]
    return PersonHead(**{name: getattr(told, name) for name in names})


def person_body(told: Identity) -> PersonBody:
    plain = [name for name in PersonBody.__struct_fields__ if name != "safe_contact"]
    known = {name: getattr(told, name) for name in plain if hasattr(told, name)}
    return PersonBody(safe_contact=safe_contact_of(told), **known)


def case_row(told: CaseTold, person_id: UUID, team_id: UUID, advocate_id: UUID) -> Case:
    closed = told.closed
    return Case(
        id=uuid4(),
        person_id=person_id,
        team_id=team_id,
        advocate_id=advocate_id,
        service=told.service,
        status="closed" if closed else "open",
        risk_level=told.risk[-1].level,
        opened_month=f"{told.opened:%Y-%m}",
        reference_token=reference_token(told.reference),
        head=CaseHead(
            reference=told.reference,
            themes=told.theme,
            opened_on=told.opened,
            referral_source=told.referral_source,
            first_contact_on=told.first_contact,
            next_review_on=told.next_review,
            closed_on=closed.on if closed else None,
            closure_reason=closed.reason if closed else "",
        ),
        body=CaseBody(
            referred_on=told.referred,
            referred_by=told.referred_by,
            consent_basis=told.consent_basis,
            summary=told.summary,
            closure_note=closed.note if closed else "",
            risk_at_closure=told.risk[-1].level if closed else "",
            harm_reduced=closed.harm_reduced if closed else None,
        ),
    )


def rows_of(told: CaseTold, case: Case) -> Iterator[object]:
    """Needs and notes, written by the case's advocate."""
    author = case.advocate_id
    yield from (_flag(flag, case.person_id, author) for flag in told.flags)
    yield from (_note(note, case) for note in told.notes)


def _flag(told: FlagTold, person_id: UUID, by: UUID | None) -> NeedsFlag:
    days = {"raised": told.raised_on, "reviewed": told.reviewed_on, "ended": told.ended_on}
    steps = tuple(
        FlagStep(on=on, what=what, status=told.status, source=told.source, by=by)
        for what, on in days.items()
        if on
    )
    return NeedsFlag(
        person_id=person_id,
        head=FlagHead(
            list_name=told.list_name,
            code=told.code,
            status=told.status,
            raised_on=told.raised_on,
            ended_on=told.ended_on,
            long_lasting=told.long_lasting,
            limits=told.limits,
        ),
        body=FlagBody(steps=steps, what_helps=told.what_helps),
    )


def _note(told: NoteTold, case: Case) -> Note:
    head = NoteHead(
        at=told.at,
        type=told.type,
        contact_outcome=told.contact_outcome,
        minutes=told.minutes,
        is_third_party=told.third_party,
    )
    body = NoteBody(
        fact=told.fact,
        opinion=told.opinion,
        with_whom=told.with_whom,
        safe_to_talk=told.safe_to_talk,
        next_action=told.next_action,
        next_action_on=told.next_action_on,
    )
    return Note(case_id=case.id, author_id=case.advocate_id, head=head, body=body)
