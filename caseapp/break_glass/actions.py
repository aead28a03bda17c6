"""Breaking the glass, giving it back, and the review: each with its audit entry."""

from uuid import UUID

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import Reason, decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.emergency import (
    LASTS,
    REVIEWED,
    AccessBody,
    AccessHead,
    EmergencyAccess,
)
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.database import db

BY_REFERENCE, BY_PERSON = "reference", "person"


class OwnAccess(Exception):
    """Nobody judges what they did themselves."""


class ReviewedAlready(Exception):
    """The verdict stands; it is not replaced."""


def break_glass(
    access_id: UUID, case: Case, reason: str, words: str, found_by: str, by: Actor
) -> EmergencyAccess:
    """Let somebody of another team into the case for an hour."""
    began_at = now()
    access = EmergencyAccess(
        id=access_id,
        case_id=case.id,
        user_id=by.user_id,
        head=AccessHead(began_at=began_at, until=began_at + LASTS, reason=reason),
        body=AccessBody(words=words, found_by=found_by),
    )
    db.session.add(access)
    record(
        Kind.GLASS_BROKEN,
        actor=by,
        team_id=case.team_id,
        case_id=case.id,
        subject_id=access.id,
        reason=Reason.BROKE_GLASS,
        detail={"why": reason, "found_by": found_by},
    )
    return access


def note_failure(found_by: str, by: Actor) -> None:
    """The same for a case that there is not and for one that is not to be found so."""
    record(Kind.GLASS_NOT_BROKEN, actor=by, detail={"found_by": found_by})


def give_back(access: EmergencyAccess, case: Case, by: Actor) -> None:
    access.head = replace(access.head, ended_at=now())
    record(
        Kind.GLASS_GIVEN_BACK,
        actor=by,
        team_id=case.team_id,
        case_id=case.id,
        subject_id=access.id,
        reason=Reason.BROKE_GLASS,
    )


def review_access(access: EmergencyAccess, case: Case, verdict: str, words: str, by: Actor) -> None:
    """Raises OwnAccess, ReviewedAlready."""
    if access.user_id == by.user_id:
        raise OwnAccess
    if access.state == REVIEWED:
        raise ReviewedAlready
    access.state = REVIEWED
    access.body = replace(
        access.body,
        verdict=verdict,
        verdict_words=words,
        reviewed_by=by.user_id,
        reviewed_at=now(),
    )
    record(
        Kind.GLASS_REVIEWED,
        actor=by,
        team_id=case.team_id,
        case_id=case.id,
        subject_id=access.id,
        reason=decide(by, Permission.REVIEW_BREAK_GLASS),
        detail={"verdict": verdict},
    )
