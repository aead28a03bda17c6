"""What is done to the log: each entry and its audit entry in one transaction, none ever changed."""

from datetime import date
from uuid import UUID, uuid4

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.database import db
from caseapp.sharing.models import (
    DECISION,
    WITHDRAWAL,
    SharingBody,
    SharingEntry,
    SharingHead,
    SharingStep,
    StepBody,
    StepHead,
)
from caseapp.sharing.queries import SharingRecord
from caseapp.sharing.rules import GIVEN, Shared, carried_over, decide_by, needs_senior


class DecidedAlready(Exception):
    """Another senior was quicker."""


class NothingToDecide(Exception):
    """The person agreed, so that no senior is asked."""


class OwnSharing(Exception):
    """Whoever shared something does not decide whether that was right."""


class NoConsentToWithdraw(Exception):
    """The sharing did not rest on the person's agreement, or it was withdrawn before."""


def record_sharing(
    sharing_id: UUID,
    case: Case,
    head: SharingHead,
    body: SharingBody,
    by: Actor,
    *,
    subject_id: UUID | None = None,
) -> SharingEntry:
    """Write down what was shared; without agreement it goes to a senior. Raises CaseIsClosed.

    `subject_id` names the referral whose sending was the sharing. The times in `head` are set here.
    """
    insist_on_open(case)
    for_senior, moment = needs_senior(head.consent), now()
    deadline = decide_by(head.shared_on, moment) if for_senior else None
    entry = SharingEntry(
        id=sharing_id,
        case_id=case.id,
        author_id=by.user_id,
        subject_id=subject_id,
        for_senior=for_senior,
        head=replace(head, recorded_at=moment, decide_by=deadline),
        body=body,
    )
    db.session.add(entry)
    note_act(Kind.SHARING_RECORDED, case, by, Permission.EDIT_CASE, subject_id=entry.id)
    return entry


def correct_sharing(
    correction_id: UUID,
    case: Case,
    record: SharingRecord,
    head: SharingHead,
    body: SharingBody,
    by: Actor,
) -> SharingEntry:
    """Follow an entry by what it should have said. Raises CaseIsClosed.

    What was for a senior stays for a senior, or a correction would be the way round one; while
    nobody has decided the first deadline stands.
    """
    insist_on_open(case)
    last, moment = record.entry, now()
    for_senior = last.for_senior or needs_senior(head.consent)
    kept = last.head.decide_by if record.decision is None else None
    deadline = (kept or decide_by(head.shared_on, moment)) if for_senior else None
    entry = SharingEntry(
        id=correction_id,
        case_id=case.id,
        author_id=by.user_id,
        corrects_id=last.id,
        subject_id=last.subject_id,
        for_senior=for_senior,
        head=replace(head, recorded_at=moment, decide_by=deadline),
        body=body,
    )
    db.session.add(entry)
    note_act(Kind.SHARING_CORRECTED, case, by, Permission.EDIT_CASE, subject_id=entry.id)
    return entry


def carry_over(case: Case, record: SharingRecord, before: Shared, after: Shared, by: Actor) -> None:
    """Correct an entry by what was changed in the referral that shared it. Raises CaseIsClosed."""
    shared = carried_over((record.head, record.body), before, after)
    if shared != (record.head, record.body):
        correct_sharing(uuid4(), case, record, *shared, by)


def decide_sharing(
    step_id: UUID, case: Case, record: SharingRecord, agrees: bool, words: str, by: Actor
) -> SharingStep:
    """The senior's word. Raises NothingToDecide, OwnSharing and DecidedAlready."""
    if not record.entry.for_senior:
        raise NothingToDecide
    if by.user_id in record.authors:
        raise OwnSharing
    if record.decision:
        raise DecidedAlready
    step = _step(step_id, record, DECISION, StepHead(at=now(), agrees=agrees), words, by)
    note_act(Kind.SHARING_DECIDED, case, by, Permission.DECIDE_SHARING, subject_id=record.entry.id)
    return step


def withdraw_consent(
    step_id: UUID, case: Case, record: SharingRecord, on: date, words: str, by: Actor
) -> SharingStep:
    """From that day nothing more is shared on it. Raises NoConsentToWithdraw."""
    if record.entry.head.consent != GIVEN or record.withdrawal:
        raise NoConsentToWithdraw
    step = _step(step_id, record, WITHDRAWAL, StepHead(at=now(), on=on), words, by)
    note_act(Kind.CONSENT_WITHDRAWN, case, by, Permission.EDIT_CASE, subject_id=record.entry.id)
    return step


def _step(
    step_id: UUID, record: SharingRecord, kind: str, head: StepHead, words: str, by: Actor
) -> SharingStep:
    step = SharingStep(
        id=step_id,
        case_id=record.entry.case_id,
        entry_id=record.entry.id,
        author_id=by.user_id,
        kind=kind,
        head=head,
        body=StepBody(words=words),
    )
    db.session.add(step)
    return step
