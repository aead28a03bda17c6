"""The record of what was decided of two people who looked like one, by which a merge is undone."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.households.models import ChildBody, ChildHead, RelationshipHead
from caseapp.people.models import FlagBody, FlagHead, PersonBody, PersonHead
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class Identity(Struct, frozen=True, kw_only=True):
    """Everything that a person's own record holds."""

    head: PersonHead
    body: PersonBody


class MovedFlag(Struct, frozen=True, kw_only=True):
    """A flag as it was when it moved."""

    head: FlagHead
    body: FlagBody


class MovedChild(Struct, frozen=True, kw_only=True):
    head: ChildHead
    body: ChildBody


class MovedRelationship(Struct, frozen=True, kw_only=True):
    """A relationship as it was: its two sides too."""

    person_id: UUID
    other_id: UUID
    head: RelationshipHead


class MergeHead(Struct, frozen=True, kw_only=True):
    at: datetime
    by: UUID
    undone_at: datetime | None = None
    undone_by: UUID | None = None


class MergeBody(Struct, frozen=True, kw_only=True):
    """All that a merge moved, so that undoing it can put everything back. Whatever is not as the
    merge left it was edited since, and would be lost."""

    kept: Identity | None = None
    gone: Identity | None = None
    became: Identity | None = None
    cases: tuple[UUID, ...] = ()
    flags: tuple[MovedFlag, ...] = ()
    children: tuple[MovedChild, ...] = ()
    relationships: tuple[MovedRelationship, ...] = ()
    merges: tuple["MovedMerge", ...] = ()


class MovedMerge(Struct, frozen=True, kw_only=True):
    """What an earlier merge of the record that went kept for its undoing."""

    id: UUID
    body: MergeBody


class PersonMerge(SealedRow, Base):
    """What was decided of two records that looked like one person: merged, undone, or two people.

    It is sealed under the key of the person who was kept, and so is erased with them.
    """

    __tablename__ = "person_merges"
    __label__ = "person_merge"
    __key_owner__ = "person_id"
    __key_kind__ = "person"
    __bound_columns__ = ("person_id", "other_id", "team_id", "status", "month")

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"), index=True)
    status: Mapped[str] = mapped_column(String(20))  # merged, undone, apart
    month: Mapped[str] = mapped_column(String(7))  # YYYY-MM

    head = SealedDocument(MergeHead)
    body = SealedDocument(MergeBody)
