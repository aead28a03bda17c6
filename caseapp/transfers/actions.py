"""Asking another team to take a case over, and its answer; the case moves whole or not at all."""

from typing import Any
from uuid import UUID

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.accounts.models import Team
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.cases.rules import themes_with
from caseapp.clock import now, today
from caseapp.database import db
from caseapp.people.actions import note_new_team
from caseapp.transfers.models import (
    ACCEPTED,
    ASKED,
    DECLINED,
    WITHDRAWN,
    Transfer,
    TransferBody,
    TransferHead,
)
from caseapp.transfers.queries import asked_transfer


class AskedAlready(Exception):
    """A case is asked of one team at a time."""


class OwnTeam(Exception):
    """A case of the team is allocated, not transferred."""


class AnsweredAlready(Exception):
    """It was accepted, declined or withdrawn before."""


class CaseHasMoved(Exception):
    """The case is closed, or no longer of the team that asked."""


def ask_for_transfer(
    transfer_id: UUID, case: Case, to_team_id: UUID, body: TransferBody, by: Actor
) -> Transfer:
    """Raises CaseIsClosed, OwnTeam, AskedAlready. The case stays where it is."""
    insist_on_open(case)
    if to_team_id == case.team_id:
        raise OwnTeam
    if asked_transfer(case):
        raise AskedAlready
    transfer = Transfer(
        id=transfer_id,
        case_id=case.id,
        from_team_id=case.team_id,
        to_team_id=to_team_id,
        author_id=by.user_id,
        status=ASKED,
        head=TransferHead(asked_at=now(), reference=case.head.reference),
        body=body,
    )
    db.session.add(transfer)
    note_act(Kind.TRANSFER_ASKED, case, by, Permission.EDIT_CASE, subject_id=transfer.id)
    return transfer


def withdraw_transfer(case: Case, transfer: Transfer, by: Actor) -> None:
    """Raises AnsweredAlready."""
    _answer(transfer, WITHDRAWN, "", by)
    note_act(Kind.TRANSFER_WITHDRAWN, case, by, Permission.EDIT_CASE, subject_id=transfer.id)


def decline_transfer(transfer: Transfer, why: str, by: Actor) -> None:
    """The case stays where it is. Raises AnsweredAlready."""
    _answer(transfer, DECLINED, why, by)
    _tell_both(Kind.TRANSFER_DECLINED, transfer, by)


def read_answer(case: Case, transfer: Transfer, by: Actor) -> None:
    """Once: it then waits for nobody. Raises CaseIsClosed."""
    insist_on_open(case)
    if transfer.waits_to_be_read:
        transfer.head = replace(transfer.head, answer_read_on=today())
        note_act(Kind.TRANSFER_READ, case, by, Permission.EDIT_CASE, subject_id=transfer.id)


def accept_transfer(
    case: Case, transfer: Transfer, advocate_id: UUID | None, words: str, by: Actor
) -> None:
    """Team, service and advocate change at once, and both teams' chains are told. The caller holds
    the case. Raises AnsweredAlready, CaseHasMoved."""
    _answer(transfer, ACCEPTED, words, by)
    if not case.is_open or case.team_id != transfer.from_team_id:
        raise CaseHasMoved
    team = db.session.get_one(Team, transfer.to_team_id)
    case.team_id, case.service, case.advocate_id = team.id, team.service, advocate_id
    case.head = replace(case.head, themes=themes_with(case.head.themes, team.service))
    db.session.flush()
    note_new_team(case.person_id)
    _tell_both(Kind.CASE_TRANSFERRED, transfer, by)


def _answer(transfer: Transfer, status: str, words: str, by: Actor) -> None:
    if transfer.status != ASKED:
        raise AnsweredAlready
    transfer.status = status
    transfer.head = replace(transfer.head, decided_at=now(), decided_by=by.user_id)
    transfer.body = replace(transfer.body, answer=words)


def _tell_both(kind: Kind, transfer: Transfer, by: Actor) -> None:
    told: dict[str, Any] = {
        "actor": by,
        "case_id": transfer.case_id,
        "subject_id": transfer.id,
        "reason": decide(by, Permission.LEAD_TEAM),
    }
    for team_id in (transfer.from_team_id, transfer.to_team_id):
        record(kind, team_id=team_id, **told)
