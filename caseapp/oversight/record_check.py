"""Opens every sealed record and compares it with what the audit says was written.

A seal alone cannot tell a whole older row with its own older seal, nor a row that is gone: the
audit knows the newest revision of each, in chains of their own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseapp.attachments.checking import damaged_files
from caseapp.audit.heads import HeadsFile
from caseapp.audit.kept_heads import UNREADABLE
from caseapp.audit.verification import GONE, Fault, Revisions, verify
from caseapp.database import Base
from caseapp.vault.errors import CannotOpen
from caseapp.vault.owner_keys import owner_keys, warm
from caseapp.vault.seal_plans import plan_of
from caseapp.vault.sealed_rows import SealedRow, open_document
from caseapp.vault.unlocked import OwnerCipher, Vault

BATCH = 500

Progress = Callable[[str, int, int], None]
Model = type[SealedRow]
Row = Any  # a row mapping of SQLAlchemy: plain columns and sealed bytes by their names


@dataclass(frozen=True)
class RecordFault:
    """One record that is not what it should be, named by its label and id alone."""

    label: str
    row_id: UUID | None
    what: str

    @property
    def in_words(self) -> str:
        name = f"{self.label} {self.row_id}" if self.row_id else self.label
        return f"{name}: {self.what}"


@dataclass(frozen=True)
class CheckReport:
    """How many records and audit entries were read, and all that is wrong with either."""

    records: int
    entries: int
    faults: tuple[Fault | RecordFault, ...]


def check_records(
    session: Session,
    vault: Vault,
    heads: HeadsFile,
    progress: Progress = lambda _step, _done, _total: None,
) -> CheckReport:
    """Read everything once, a batch at a time. `progress` hears (step, records done, of how many).

    The session is a snapshot that has not been read from: nobody writes between audit and rows.
    """
    verification = verify(session, vault, heads)
    total = sum(_count(session, model) for model in sealed_models())
    check = RecordCheck(session, vault, verification.revisions)
    for model in sealed_models():
        check.read_all(model, lambda done: progress("Checking the records", done, total))
    check.finish()
    check.read_files()
    return CheckReport(check.records, verification.entries, (*verification.faults, *check.faults))


class RecordCheck:
    """Goes through the models one by one; `awaited` holds the rows that were not met yet."""

    def __init__(self, session: Session, vault: Vault, awaited: Revisions) -> None:
        self.session, self.vault, self.awaited = session, vault, awaited
        self.records = 0
        self.faults: list[RecordFault] = []

    def read_all(self, model: Model, tell: Callable[[int], None]) -> None:
        label = plan_of(model).label
        try:
            for rows in _batches(self.session, model):
                ciphers = self._ciphers({row[plan_of(model).owner] for row in rows})
                for row in rows:
                    self._read(model, label, row, ciphers)
                tell(self.records)
        except UNREADABLE:
            self._fault(label, None, "a row was planted, and the rows after it cannot be read")
            self.awaited = {row: n for row, n in self.awaited.items() if row[0] != label}

    def finish(self) -> None:
        for (label, row_id), revision in self.awaited.items():
            if revision != GONE:
                self._fault(label, row_id, "it is gone, and the audit does not say why")
        for kind, owner_id in _orphan_keys(self.session):
            self._fault(kind, owner_id, "there is a key for it and no record")

    def read_files(self) -> None:
        """What lies beside the database, read from end to end."""
        for file_id in damaged_files(self.session, self.vault):
            self._fault("file", file_id, "it cannot be opened: it was changed, damaged or is gone")

    def _read(
        self, model: Model, label: str, row: Row, ciphers: Mapping[UUID, OwnerCipher]
    ) -> None:
        self.records += 1
        audited = self.awaited.pop((label, row["id"]), None)
        what = self._why_not_opened(model, row, ciphers) or _why_not_newest(row, audited)
        if what:
            self._fault(label, row["id"], what)

    def _why_not_opened(
        self, model: Model, row: Row, ciphers: Mapping[UUID, OwnerCipher]
    ) -> str | None:
        try:
            for name in plan_of(model).documents:
                open_document(self.vault, model, name, row, ciphers)
        except CannotOpen:
            return "it cannot be opened: it was changed, moved or damaged"
        except LookupError:
            return "it cannot be opened: its key is gone or damaged"
        return None

    def _ciphers(self, owners: Iterable[UUID]) -> dict[UUID, OwnerCipher]:
        """The keys as the database holds them: one that memory still knows may be gone there."""
        self.vault.drop_ciphers(owners)
        connection = self.session.connection()
        try:
            return warm(connection, self.vault, set(owners))
        except CannotOpen:
            return dict(self._each_cipher(owners))

    def _each_cipher(self, owners: Iterable[UUID]) -> Iterator[tuple[UUID, OwnerCipher]]:
        for owner_id in owners:
            try:
                yield from warm(self.session.connection(), self.vault, {owner_id}).items()
            except CannotOpen:
                continue

    def _fault(self, label: str, row_id: UUID | None, what: str) -> None:
        self.faults.append(RecordFault(label, row_id, what))


def sealed_models() -> list[Model]:
    """Every model with a seal, whichever room it belongs to."""
    models = [mapper.class_ for mapper in Base.registry.mappers]
    sealed = [model for model in models if issubclass(model, SealedRow)]
    return sorted(sealed, key=lambda model: plan_of(model).label)


def _batches(session: Session, model: Model) -> Iterator[Sequence[Row]]:
    """All rows by their ids, so that no more than one batch is ever held."""
    table = _table(model)
    query = select(table).order_by(table.c.id).limit(BATCH)
    rows = session.execute(query).mappings().all()
    while rows:
        yield rows
        rows = session.execute(query.where(table.c.id > rows[-1]["id"])).mappings().all()


def _count(session: Session, model: Model) -> int:
    return session.scalar(select(func.count()).select_from(_table(model))) or 0


def _why_not_newest(row: Row, audited: int | None) -> str | None:
    if audited is None:
        return "the audit knows of no such record"
    if audited == GONE:
        return "the audit says that it was deleted"
    if row["revision"] != audited:
        return f"it is revision {row['revision']}, but revision {audited} was written last"
    return None


def _orphan_keys(session: Session) -> Iterator[tuple[str, UUID]]:
    """(kind, owner) of each key whose record is not there."""
    known = {plan.kind: model for model in sealed_models() if (plan := plan_of(model)).has_own_key}
    for kind in session.scalars(select(owner_keys.c.kind).distinct().order_by(owner_keys.c.kind)):
        query = select(owner_keys.c.owner_id).where(owner_keys.c.kind == kind)
        if kind in known:
            table: Any = known[kind].__table__  # type: ignore[attr-defined]
            query = query.where(
                ~select(table.c.id).where(table.c.id == owner_keys.c.owner_id).exists()
            )
        for owner_id in session.scalars(query):
            yield kind, owner_id


def _table(model: Model) -> Any:
    return model.__table__  # type: ignore[attr-defined]
