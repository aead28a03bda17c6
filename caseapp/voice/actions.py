"""What is done with what was heard: each with its entry in the audit, which repeats no word."""

from uuid import UUID

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import now
from caseapp.database import db
from caseapp.voice.models import Finding, FindingChange, FindingHead

Before = tuple[tuple[str, str], ...]  # (question, answer as it was) of what differs


def add_finding(finding_id: UUID, action_id: UUID | None, head: FindingHead, by: Actor) -> Finding:
    finding = Finding(id=finding_id, author_id=by.user_id, action_id=action_id, head=head)
    db.session.add(finding)
    _note(by, finding, "added")
    return finding


def change_finding(
    finding: Finding, action_id: UUID | None, head: FindingHead, before: Before, by: Actor
) -> None:
    """Raises StaleDataError where somebody saved it in between."""
    change = FindingChange(at=now(), by=by.user_id, before=before)
    finding.action_id = action_id
    finding.head = replace(head, changes=(*finding.head.changes, change))
    _note(by, finding, "changed")


def _note(by: Actor, finding: Finding, what: str) -> None:
    record(
        Kind.FINDING_CHANGED,
        actor=by,
        subject_id=finding.id,
        reason=decide(by, Permission.KEEP_FINDINGS),
        detail={"what": what, "state": finding.head.state},
    )
