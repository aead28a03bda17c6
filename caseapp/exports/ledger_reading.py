"""Reading the whole ledger of releases, and finding where it does not hold together."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.disclosure import ledger as chain
from caseapp.exports.kept_editions import entry_of
from caseapp.exports.models import Release
from caseapp.vault.errors import CannotOpen


@dataclass(frozen=True)
class LedgerFound:
    """The releases that can be opened, up to the first entry that is damaged: `damaged_at`, from 1,
    or 0 where the ledger holds together."""

    releases: tuple[Release, ...]
    damaged_at: int


def read_ledger(session: Session) -> LedgerFound:
    """Check each seal, each link of the chain, and that no entry is gone from the end: the audit
    knows how many were made. The bodies are read when asked for."""
    ids = session.scalars(select(Release.id).order_by(Release.position)).all()
    releases: list[Release] = []
    expected = chain.START
    for position, release_id in enumerate(ids, start=1):
        release = _opened(session, release_id)
        if release is None or (release.position, release.previous) != (position, expected):
            return LedgerFound(tuple(releases), position)
        releases.append(release)
        expected = entry_of(release).head
    is_cut = _made(session) > len(releases)
    return LedgerFound(tuple(releases), len(releases) + 1 if is_cut else 0)


def _opened(session: Session, release_id: object) -> Release | None:
    try:
        release = session.get(Release, release_id, options=[defer(Release.sealed_body)])
        if release is not None:
            release.head  # noqa: B018 — what cannot be opened is damaged
    except (CannotOpen, LookupError):
        return None
    return release


def _made(session: Session) -> int:
    query = select(func.count()).select_from(AuditEntry)
    return session.scalar(query.where(AuditEntry.kind == Kind.RELEASE_MADE.value)) or 0
