"""Verifying the chains against themselves, the heads outside, and the rows that they speak of."""

import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.audit.chain import SIGNED_FIELDS, START, sign
from caseapp.audit.heads import HeadsFile
from caseapp.audit.kept_heads import UNREADABLE, KeptHeads, first_strays, read_kept_heads
from caseapp.audit.models import AuditEntry
from caseapp.vault.errors import CannotOpen
from caseapp.vault.unlocked import Vault

GONE = 0  # in place of a revision: the row was deleted, and the audit says so
Entry = dict[str, Any]
Revisions = dict[tuple[str, UUID], int]


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
    """How many entries were read, what is wrong, and the newest revision of each row, or GONE."""

    entries: int
    faults: tuple[Fault, ...]
    revisions: Revisions


def verify(session: Session, vault: Vault, heads_file: HeadsFile) -> Verification:
    """Read every chain once, in constant memory but for the revisions of the rows.

    The session must not have read anything yet, if others may write meanwhile.
    """
    kept = read_kept_heads(vault, heads_file)
    strays = first_strays(session, vault, heads_file, kept.end)
    chain_ids, faults = _chain_ids(session, kept)
    revisions: Revisions = {}
    entries = 0
    for chain_id in chain_ids:
        reader = ChainReader(vault, chain_id, revisions)
        reader.read_all(_entries(session, chain_id))
        reader.compare(kept.longest.get(chain_id), strays.get(chain_id))
        entries += reader.read
        faults += reader.faults
    return Verification(entries, tuple(faults), revisions)


class ChainReader:
    """Follows one chain from its start and notes what does not fit."""

    def __init__(self, vault: Vault, chain_id: UUID, revisions: Revisions) -> None:
        self.vault, self.chain_id, self.revisions = vault, chain_id, revisions
        self.read, self.number, self.mac = 0, 0, START
        self.faults: list[Fault] = []

    def read_all(self, entries: Iterable[Entry]) -> None:
        try:
            for entry in entries:
                self.read += 1
                self._follow(entry)
        except UNREADABLE:
            self._fault(self.number + 1, "from here on the entries cannot be read")

    def compare(self, longest: int | None, stray: int | None) -> None:
        """With the heads that were kept: the longest, and the first that is another."""
        if longest is None:
            self._fault(None, "no head of this chain was kept outside the database")
        elif self.read == 0:
            self._fault(longest, "the whole chain is gone")
        elif longest > self.number:
            self._fault(self.number, f"the end is cut off: {longest} entries were written")
        if stray is not None:
            self._fault(stray, "from here on the chain is not the one whose heads were kept")

    def _follow(self, entry: Entry) -> None:
        if entry["number"] != self.number + 1:
            self._fault(self.number + 1, "entries are missing here")
        self.number = int(entry["number"])
        if hmac.compare_digest(self._sign(entry), entry["mac"]):
            self._note_writes(entry["writes"])
        else:
            self._fault(self.number, "this entry, or the one before it, was changed")
        self.mac = entry["mac"]

    def _note_writes(self, writes: str) -> None:
        """A row is written once with each revision; the second time is its deletion."""
        for label, row_id, revision in json.loads(writes) if writes != "[]" else ():
            row = label, UUID(row_id)
            newest = self.revisions.get(row)
            if newest is None or revision > newest > GONE:
                self.revisions[row] = revision
            elif revision == newest:
                self.revisions[row] = GONE

    def _sign(self, entry: Entry) -> bytes:
        try:
            return sign(self.vault, self.mac, entry)
        except CannotOpen:  # a generation of keys that never was
            return b""

    def _fault(self, number: int | None, what: str) -> None:
        self.faults.append(Fault(self.chain_id, number, what))


def _chain_ids(session: Session, kept: KeptHeads) -> tuple[list[UUID], list[Fault]]:
    """The chains that are stored or had a head kept; and what is wrong with none of them."""
    found, faults = set(kept.longest), []
    if kept.strange:
        what = f"{kept.strange} lines of the heads file were not written by us"
        faults.append(Fault(None, None, what))
    try:
        found |= set(session.scalars(select(AuditEntry.chain_id).distinct()))
    except UNREADABLE:
        faults.append(Fault(None, None, "an entry was planted that is of no chain"))
    return sorted(found), faults


def _entries(session: Session, chain_id: UUID) -> Iterator[Entry]:
    names = (*SIGNED_FIELDS, "mac")
    columns = [getattr(AuditEntry, name) for name in names]
    query = select(*columns).where(AuditEntry.chain_id == chain_id).order_by(AuditEntry.number)
    for row in session.execute(query.execution_options(yield_per=1000)):
        yield dict(zip(names, row, strict=True))
