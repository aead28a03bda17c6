"""Filters that somebody keeps under a name of their own: theirs alone, and codes alone beside it.

The name is sealed, because people will name one after a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import current_app
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.access.actors import Actor
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.database import Base, db
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import SealedDocument, SealedRow, columns_for, open_document

MOST_KEPT = 12


class TooManyKept(Exception):
    """There are MOST_KEPT already."""


class NameIsTaken(Exception):
    """Another filter of this user has the name."""


class FilterHead(Struct, frozen=True, kw_only=True):
    name: str
    codes: tuple[tuple[str, str], ...]  # (question, code), as they stand in an address


class KeptFilter(SealedRow, Base):
    """One filter of one user. It says nothing of any case."""

    __tablename__ = "kept_filters"
    __label__ = "kept_filter"
    __key_owner__ = "user_id"
    __key_kind__ = "user"
    __bound_columns__ = ("user_id",)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"), index=True)

    head = SealedDocument(FilterHead)


OF_USER = select(*columns_for(KeptFilter, "head")).where(
    KeptFilter.__table__.c.user_id == bindparam("user_id")
)


@dataclass(frozen=True)
class Kept:
    """A kept filter as lists show it."""

    id: UUID
    name: str
    codes: dict[str, str]


def filters_of(actor: Actor) -> list[Kept]:
    """By name. The page of cases asks for them each time, so the statement is built once."""
    connection, vault = db.session.connection(), current_app.extensions["vault"]
    rows = connection.execute(OF_USER, {"user_id": actor.user_id}).mappings().all()
    keys = warm(connection, vault, [actor.user_id]) if rows else {}
    heads = ((row["id"], open_document(vault, KeptFilter, "head", row, keys)) for row in rows)
    kept = (Kept(filter_id, head.name, dict(head.codes)) for filter_id, head in heads)
    return sorted(kept, key=lambda each: each.name.casefold())


def filter_of(actor: Actor, filter_id: UUID) -> KeptFilter | None:
    """None for somebody else's too."""
    kept = db.session.get(KeptFilter, filter_id)
    return kept if kept and kept.user_id == actor.user_id else None


def keep_filter(filter_id: UUID, name: str, codes: Mapping[str, str], by: Actor) -> KeptFilter:
    """Raises NameIsTaken or TooManyKept."""
    if len(filters_of(by)) >= MOST_KEPT:
        raise TooManyKept
    _insist_on_own_name(name, filter_id, by)
    head = FilterHead(name=name, codes=tuple(sorted(codes.items())))
    kept = KeptFilter(id=filter_id, user_id=by.user_id, head=head)
    db.session.add(kept)
    record(Kind.FILTER_KEPT, actor=by, subject_id=kept.id)
    return kept


def rename_filter(kept: KeptFilter, name: str, by: Actor) -> None:
    """Raises NameIsTaken."""
    _insist_on_own_name(name, kept.id, by)
    kept.head = replace(kept.head, name=name)
    record(Kind.FILTER_CHANGED, actor=by, subject_id=kept.id)


def drop_filter(kept: KeptFilter, by: Actor) -> None:
    db.session.delete(kept)
    record(Kind.FILTER_DROPPED, actor=by, subject_id=kept.id)


def _insist_on_own_name(name: str, filter_id: UUID, by: Actor) -> None:
    others = (kept for kept in filters_of(by) if kept.id != filter_id)
    if any(kept.name.casefold() == name.casefold() for kept in others):
        raise NameIsTaken
