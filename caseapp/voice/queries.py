"""Reading findings."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.vault.owner_keys import warm
from caseapp.voice.models import Finding


def findings(session: Session) -> list[Finding]:
    """The newest first. Raises CannotOpen where somebody changed one by SQL."""
    found = list(session.scalars(select(Finding)))
    warm(session.connection(), session.info["vault"], [each.id for each in found])
    return sorted(found, key=lambda each: (each.head.on, each.head.until, each.id), reverse=True)


def find_finding(session: Session, finding_id: UUID) -> Finding | None:
    return session.get(Finding, finding_id)
