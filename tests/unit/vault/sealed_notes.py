"""A small world for the vault's tests: cases that own keys, and notes sealed under them."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import Engine, ForeignKey, LargeBinary, MetaData, String, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column

from caseapp.vault.keyring import UnlockKey, Vault, create_keyring
from caseapp.vault.owner_keys import key_epochs, owner_keys
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

CANARY = "Zsófia Canary-Ó'Brien"
LONG_AGO = datetime(2024, 3, 1, 9, 30, tzinfo=UTC)


class Base(DeclarativeBase):
    metadata = MetaData()  # not the product's: its schema must not grow by our tables

    id: Mapped[UUID] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(default=1)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", uuid4())
        for name, value in values.items():
            setattr(self, name, value)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.revision, "version_id_generator": False}


class CaseHead(Struct, frozen=True, kw_only=True):
    name: str
    opened_on: date = date(2024, 1, 2)


class NoteHead(Struct, frozen=True, kw_only=True):
    at: datetime = LONG_AGO
    kind: str = "phone"


class NoteBody(Struct, frozen=True, kw_only=True):
    text: str


class Case(SealedRow, Base):
    __tablename__ = "test_cases"
    __label__ = "test case"
    __key_owner__ = "id"
    __key_kind__ = "case"
    __bound_columns__ = ("team_id", "advocate_id", "status", "token", "is_urgent", "visits")

    team_id: Mapped[UUID]
    advocate_id: Mapped[UUID | None]
    status: Mapped[str] = mapped_column(String(20), default="open")
    token: Mapped[bytes | None] = mapped_column(LargeBinary)
    is_urgent: Mapped[bool] = mapped_column(default=False)
    visits: Mapped[int] = mapped_column(default=lambda: 0)
    remark: Mapped[str | None]  # plain and not bound

    head = SealedDocument(CaseHead)


class Note(SealedRow, Base):
    __tablename__ = "test_notes"
    __label__ = "test note"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("test_cases.id"))
    author_id: Mapped[UUID]

    head = SealedDocument(NoteHead)
    body = SealedDocument(NoteBody)


def new_vault(folder: Path) -> Vault:
    vault, _ = create_keyring(folder / "keyring.json", UnlockKey(secrets.token_bytes(32)))
    return vault


def new_engine(folder: Path) -> Engine:
    engine = create_engine(f"sqlite:///{folder}/plain-engine.db", hide_parameters=True)
    event.listen(engine, "connect", lambda raw, _record: raw.execute("PRAGMA foreign_keys = ON"))
    make_tables(engine)
    return engine


def make_tables(engine: Engine) -> None:
    owner_keys.metadata.create_all(engine, tables=[key_epochs, owner_keys])
    Base.metadata.create_all(engine)


def new_session(engine: Engine, vault: Vault) -> Session:
    return Session(engine, info={"vault": vault}, expire_on_commit=False)


@contextmanager
def sealed_store(folder: Path) -> Iterator[tuple[Engine, Vault]]:
    engine = new_engine(folder)
    try:
        yield engine, new_vault(folder)
    finally:
        engine.dispose()


def add_case(session: Session, name: str = CANARY, **values: Any) -> Case:
    case = Case(team_id=uuid4(), head=CaseHead(name=name), **values)
    session.add(case)
    session.flush()
    return case


def add_note(session: Session, case: Case, text: str = CANARY) -> Note:
    note = Note(case_id=case.id, author_id=uuid4(), head=NoteHead(), body=NoteBody(text=text))
    session.add(note)
    session.flush()
    return note
