"""A safety plan and its versions. A version is never changed: a change is the next version."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct, field
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class PlanHead(Struct, frozen=True, kw_only=True):
    """What lists and counts show of a plan: its kind and what its newest version says."""

    kind: str  # the code list of its sections, without "plan_section_"
    versions: int
    written_at: datetime
    review_on: date
    # What happened from here on, its newest version does not answer. None: since it was written.
    knew_until: datetime | None = None


class Plan(SealedRow, Base):
    """The plan of one kind in one case. Its revision tells whether somebody else was quicker."""

    __tablename__ = "plans"
    __label__ = "plan"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id",)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)

    head = SealedDocument(PlanHead)


class SectionWords(Struct, frozen=True, kw_only=True):
    """What is written in one section: the person's own words, and the worker's, kept apart."""

    code: str
    own: str = ""
    worker: str = ""


class Step(Struct, frozen=True, kw_only=True):
    """If this happens, I will do that: in the person's own words."""

    when: str
    then: str


class Place(Struct, frozen=True, kw_only=True):
    """A place or a route, and whether it is safe."""

    kind: str  # a code of the list plan_place
    words: str


class SafePerson(Struct, frozen=True, kw_only=True):
    """Somebody who helps: who, how to reach them, and whether they may know of the plan."""

    who: str
    reach: str = ""
    may_know: bool = False


class VersionHead(Struct, frozen=True, kw_only=True):
    written_at: datetime
    review_on: date
    is_agreed: bool  # by the person
    copy_is_safe: bool
    reading_format: str = ""  # code of the list reading_format; empty: nobody chose one yet
    agreed_by: tuple[str, ...] = ()  # codes of the list plan_agreed_by
    agreed_on: date | None = None  # None: not agreed, or written before the day was asked for
    language: str = "en"  # that of the headings on paper


class VersionBody(Struct, frozen=True, kw_only=True):
    """What it says. The rows of steps, places and people stand in the section whose entry in the
    code list names them (attribute `rows`)."""

    sections: tuple[SectionWords, ...]
    child: tuple[SectionWords, ...] = ()  # the children's own plan, by codes of plan_section_child
    steps: tuple[Step, ...] = ()
    places: tuple[Place, ...] = ()
    people: tuple[SafePerson, ...] = ()
    # A sentence of the plan -> the code of the picture that was chosen for it.
    pictures: dict[str, str] = field(default_factory=dict)
    # Marks of texts that name somebody else, see naming_marks: printing asks by them too.
    somebody_else: tuple[str, ...] = ()


class PlanVersion(SealedRow, Base):
    """What the plan said from one day to the next change."""

    __tablename__ = "plan_versions"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    __label__ = "plan_version"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "plan_id", "author_id", "number")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plans.id"))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    number: Mapped[int]  # 1 for the first

    head = SealedDocument(VersionHead)
    body = SealedDocument(VersionBody)


class CallHead(Struct, frozen=True, kw_only=True):
    """Why the plans of a case have to be looked at again before their day."""

    reason: str  # a code of the list plan_review_reason
    called_at: datetime


class ReviewCall(SealedRow, Base):
    """Something happened that the plans of a case may no longer fit. A version written afterwards
    answers it."""

    __tablename__ = "plan_review_calls"
    __label__ = "plan_review_call"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id",)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)

    head = SealedDocument(CallHead)
