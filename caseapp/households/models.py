"""Who belongs together: the children of a household, how two people are related, which cases
belong together."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class ChildHead(Struct, frozen=True, kw_only=True):
    """What the household page and the counts show of a child."""

    name: str
    date_of_birth: date | None = None
    expected_on: date | None = None  # instead of a date of birth, before the birth
    relationship_to_person: str = "not_known"
    relationship_to_perpetrator: str = "not_known"
    lives_with: str = "not_known"
    school: str = ""
    social_care_status: str = "not_known"
    mash_reference: str = ""
    effects: tuple[str, ...] = ()  # saw, heard, harmed
    ended_on: date | None = None  # since when the child is no longer in the household


class ChildBody(Struct, frozen=True, kw_only=True):
    note: str = ""


class Child(SealedRow, Base):
    """A child in the household of a person. It goes with the person from case to case."""

    __tablename__ = "children"
    __label__ = "child"
    __key_owner__ = "person_id"
    __key_kind__ = "person"
    __bound_columns__ = ("person_id",)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)

    head = SealedDocument(ChildHead)
    body = SealedDocument(ChildBody)


class RelationshipHead(Struct, frozen=True, kw_only=True):
    """What the other one is to the person: read from the other side, it is the inverse code."""

    code: str
    recorded_on: date
    ended_on: date | None = None


class Relationship(SealedRow, Base):
    """Two people who are both known to the service. One record, read from either side."""

    __tablename__ = "relationships"
    __label__ = "relationship"
    __key_owner__ = "person_id"
    __key_kind__ = "person"
    __bound_columns__ = ("person_id", "other_id")

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)

    head = SealedDocument(RelationshipHead)


class CaseLinkHead(Struct, frozen=True, kw_only=True):
    """Why two cases belong together, as seen from the first; the inverse code from the other."""

    code: str
    linked_on: date
    ended_on: date | None = None


class CaseLink(SealedRow, Base):
    """Two cases that belong together."""

    __tablename__ = "case_links"
    __label__ = "case_link"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "other_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)

    head = SealedDocument(CaseLinkHead)
