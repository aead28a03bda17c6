"""Verifying the chains against themselves, the heads outside, and the rows that they speak of."""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.audit.chain import SIGNED_FIELDS, START, sign
from caseapp.audit.heads import Head, HeadsFile
from caseapp.audit.models import AuditEntry
from caseapp.vault.unlocked import Vault


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a chain, in plain words."""

    chain_id: UUID | None
    number: int | None
    what: str

    @property
    def in_words(self) -> str:
        where = f"entry {self.number}: " if self.number else ""
        return f"chain {str(self.chain_id)[:8]}, {where}{self.what}" if self.chain_id else self.what


@dataclass(frozen=True)
class Verification:
    """How many entries were verified, what is wrong, and the newest revision of each row."""

    entries: int
    faults: tuple[Fault, ...]
    revisions: dict[tuple[str, UUID], int]


def verify(session: Session, vault: Vault, heads_file: HeadsFile) -> Verification:
    """Read every chain once, in constant memory but for the revisions of the rows."""
    heads, strange = heads_file.read(vault)
    faults = [Fault(None, None, f"{strange} lines of the heads file were not written by us")]
    faults = faults if strange else []
    revisions: dict[tuple[str, UUID], int] = {}
    entries = 0
    for chain_id, chain in _chains(session):
        reader = ChainReader(vault, chain_id, heads.pop(chain_id, None))
        for entry in chain:
            reader.read(entry)
            entries += 1
            for label, row_id, revision in json.loads(entry["writes"]):
                revisions[label, UUID(row_id)] = revision
        faults += reader.finish()
    faults += [
        Fault(chain_id, head.number, "the whole chain is gone") for chain_id, head in heads.items()
    ]
    return Verification(entries, tuple(faults), revisions)


class ChainReader:
    """Follows one chain from its start and notes what does not fit."""

    def __init__(self, vault: Vault, chain_id: UUID, head: Head | None) -> None:
        self.vault, self.chain_id, self.head = vault, chain_id, head
        self.number, self.mac = 0, START
        self.faults: list[Fault] = []

    def read(self, entry: dict[str, Any]) -> None:
        number = entry["number"]
        if number != self.number + 1:
            self._fault(self.number + 1, "entries are missing here")
        self.number, stored = number, bytes(entry["mac"])
        if not hmac.compare_digest(self._sign(entry), stored):
            self._fault(self.number, "this entry, or the one before it, was changed")
        self.mac = stored
        if self.head and self.head.number == self.number and self.head.mac != stored:
            self._fault(self.number, "the chain is not the one whose head was kept")

    def finish(self) -> list[Fault]:
        if self.head is None:
            self._fault(None, "no head of this chain was kept outside the database")
        elif self.head.number > self.number:
            self._fault(self.number, f"the end is cut off: {self.head.number} entries were written")
        return self.faults

    def _sign(self, entry: dict[str, Any]) -> bytes:
        try:
            return sign(self.vault, self.mac, entry)
        except (KeyError, ValueError):  # a key generation that never was
            return b""

    def _fault(self, number: int | None, what: str) -> None:
        self.faults.append(Fault(self.chain_id, number, what))


def _chains(session: Session) -> Iterator[tuple[UUID, Iterator[dict[str, Any]]]]:
    for chain_id in session.scalars(select(AuditEntry.chain_id).distinct().order_by("chain_id")):
        yield chain_id, _entries(session, chain_id)


def _entries(session: Session, chain_id: UUID) -> Iterator[dict[str, Any]]:
    columns = [getattr(AuditEntry, name) for name in (*SIGNED_FIELDS, "mac")]
    query = select(*columns).where(AuditEntry.chain_id == chain_id).order_by(AuditEntry.number)
    for row in session.execute(query.execution_options(yield_per=1000)).mappings():
        yield dict(row)
