"""A case, and what is written in it: incidents, contact notes, judgements of risk."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.access.actors import CaseFacts
from caseapp.database import Base
from caseapp.people.models import Person
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class CaseHead(Struct, frozen=True, kw_only=True):
    """What lists and counts show of a case."""

    reference: str
    themes: tuple[str, ...]
    opened_on: date
    referral_source: str = "not_known"
    first_contact_on: date | None = None
    next_review_on: date | None = None
    closed_on: date | None = None
    closure_reason: str = ""


class CaseBody(Struct, frozen=True, kw_only=True):
    """What only the case page shows."""

    referred_on: date | None = None
    referred_by: str = ""
    consent_basis: str = ""
    summary: str = ""
    closure_note: str = ""
    risk_at_closure: str = ""
    harm_reduced: bool | None = None


# The codes of risk fall into their order by their letters: high, medium, standard.
LIST_ORDER = ("risk_level", "opened_month", "id")


class Case(SealedRow, Base):
    """One episode of support for one person."""

    __tablename__ = "cases"
    # In the order of the two lists, so that a page of one is read without sorting the rest.
    __table_args__ = (
        Index("ix_cases_team_list", "team_id", "status", *LIST_ORDER),
        Index("ix_cases_person_team", "person_id", "team_id"),
        Index("ix_cases_own_list", "team_id", "advocate_id", "status", *LIST_ORDER),
    )
    __label__ = "case"
    __key_owner__ = "id"
    __key_kind__ = "case"
    __bound_columns__ = (
        "person_id", "team_id", "advocate_id", "service", "status", "risk_level", "opened_month",
        "reference_token",
    )  # fmt: skip

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"))
    advocate_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    service: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(20), default="open")
    risk_level: Mapped[str] = mapped_column(String(20))
    opened_month: Mapped[str] = mapped_column(String(7))  # YYYY-MM
    reference_token: Mapped[bytes] = mapped_column(LargeBinary(8), unique=True)

    head = SealedDocument(CaseHead)
    body = SealedDocument(CaseBody)

    @property
    def facts(self) -> CaseFacts:
        return CaseFacts(self.team_id, self.advocate_id)

    @property
    def is_open(self) -> bool:
        return self.status == "open"


class IncidentHead(Struct, frozen=True, kw_only=True):
    """What counts and the timeline show of an incident."""

    happened_on: date
    offence: str
    ward: str = "not_known"
    place_type: str = ""
    is_domestic: bool = False
    reported_to_police: bool | None = None
    outcome: str = ""  # criminal-justice outcome; empty where it was not reported
    outcome_on: date | None = None


class IncidentBody(Struct, frozen=True, kw_only=True):
    description: str = ""
    source: str = ""
    weapon: str = ""
    injury: str = ""
    hospital: bool | None = None
    crime_number: str = ""
    no_outcome_reasons: tuple[str, ...] = ()
    victim_told: bool | None = None


class Incident(SealedRow, Base):
    """Something that was done to the person."""

    __tablename__ = "incidents"
    __label__ = "incident"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(IncidentHead)
    body = SealedDocument(IncidentBody)


class NoteHead(Struct, frozen=True, kw_only=True):
    """When contact was made or tried, and how."""

    at: datetime
    type: str
    contact_outcome: str
    minutes: int | None = None
    is_third_party: bool = False  # holds information about, or given by, somebody else


class NoteBody(Struct, frozen=True, kw_only=True):
    fact: str
    opinion: str = ""
    with_whom: str = ""
    safe_to_talk: bool | None = None
    next_action: str = ""
    next_action_on: date | None = None


class Note(SealedRow, Base):
    """A contact note: what happened, kept apart from what the worker thinks of it."""

    __tablename__ = "notes"
    __label__ = "note"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(NoteHead)
    body = SealedDocument(NoteBody)


class RiskHead(Struct, frozen=True, kw_only=True):
    judged_on: date
    level: str


class RiskBody(Struct, frozen=True, kw_only=True):
    reasons: str = ""


class RiskJudgement(SealedRow, Base):
    """The level of risk that a worker judged, on a day, and why. The newest is the case's."""

    __tablename__ = "risk_judgements"
    __label__ = "risk_judgement"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(RiskHead)
    body = SealedDocument(RiskBody)


__all__ = ["Case", "Incident", "Note", "Person", "RiskJudgement"]
