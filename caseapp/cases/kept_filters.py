"""Filters that somebody keeps under a name of their own: theirs alone, and codes alone beside it.

The name is sealed, because people will name one after a person.
"""

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.access.actors import Actor
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.database import Base, db
from caseapp.vault.sealed_rows import SealedDocument, SealedRow

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

    @property
    def codes(self) -> dict[str, str]:
        return dict(self.head.codes)


def filters_of(actor: Actor) -> list[KeptFilter]:
    """By name."""
    found = db.session.scalars(select(KeptFilter).where(KeptFilter.user_id == actor.user_id)).all()
    return sorted(found, key=lambda kept: kept.head.name.casefold())


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
    if any(kept.head.name.casefold() == name.casefold() for kept in others):
        raise NameIsTaken
