"""The chains against the heads that were kept outside: a cut or exchanged part shows here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.audit.heads import HeadsFile
from caseapp.audit.models import AuditEntry
from caseapp.vault.unlocked import Vault

BATCH = 500
UNREADABLE = (ValueError, TypeError, AttributeError)  # SQL planted a value of another kind


@dataclass
class KeptHeads:
    """What the file says: how long each chain was, and how many lines were not written by us."""

    end: int  # the size of the file when it was read, in bytes
    longest: dict[UUID, int] = field(default_factory=dict)
    strange: int = 0


def read_kept_heads(vault: Vault, heads_file: HeadsFile) -> KeptHeads:
    """Read before the first look at the database, so that the file cannot be ahead of it."""
    kept = KeptHeads(heads_file.size)
    for head in heads_file.read(vault, kept.end):
        if head is None:
            kept.strange += 1
        else:
            kept.longest[head.chain_id] = max(kept.longest.get(head.chain_id, 0), head.number)
    return kept


def first_strays(
    session: Session, vault: Vault, heads_file: HeadsFile, end: int
) -> dict[UUID, int]:
    """The first number of each chain whose entry is not the one whose head was kept.

    A database file that was rolled back and then worked on is as long as it should be, but some
    of its entries are others.
    """
    strays: dict[UUID, int] = {}
    waiting: dict[UUID, dict[int, bytes]] = defaultdict(dict)
    for head in heads_file.read(vault, end):
        if head is None:
            continue
        kept = waiting[head.chain_id]
        if kept.setdefault(head.number, head.mac) != head.mac:
            _remember(strays, head.chain_id, [head.number])
        if len(kept) >= BATCH:
            _remember(strays, head.chain_id, _differing(session, head.chain_id, kept))
            kept.clear()
    for chain_id, kept in waiting.items():
        _remember(strays, chain_id, _differing(session, chain_id, kept))
    return strays


def _differing(session: Session, chain_id: UUID, kept: dict[int, bytes]) -> list[int]:
    query = select(AuditEntry.number, AuditEntry.mac).where(
        AuditEntry.chain_id == chain_id, AuditEntry.number.in_(kept)
    )
    try:
        return [number for number, mac in session.execute(query) if mac != kept[number]]
    except UNREADABLE:
        return []  # whoever follows the chain meets the same entry, and says so


def _remember(strays: dict[UUID, int], chain_id: UUID, numbers: Iterable[int]) -> None:
    first = min(numbers, default=None)
    if first is not None:
        strays[chain_id] = min(first, strays.get(chain_id, first))
