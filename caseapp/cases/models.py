"""A case: one episode of support, with the columns that the policy and the lists need."""

from collections.abc import Hashable
from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.access.actors import CaseFacts
from caseapp.database import Base
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


class PastClosure(Struct, frozen=True, kw_only=True):
    """A closure that did not last, and why the case went on."""

    closed_on: date
    reason: str
    risk_level: str
    note: str
    harm_reduced: bool | None
    reopened_on: date
    why_reopened: str


class CaseBody(Struct, frozen=True, kw_only=True):
    """What only the case page shows."""

    referred_on: date | None = None
    referred_by: str = ""
    consent_basis: str = ""
    summary: str = ""
    closure_note: str = ""
    risk_at_closure: str = ""
    harm_reduced: bool | None = None
    earlier_closures: tuple[PastClosure, ...] = ()
    legal_hold: str = ""  # why the record is kept beyond its time; empty: no hold
    outside_reference: str = ""  # what the case was called where it was brought in from


NOT_REMEMBERED: dict[Hashable, object] | None = None

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

    let_in_for_emergency = frozenset[UUID]()  # not stored: the door sets it on the row
    readings = NOT_REMEMBERED  # nor this: what the page that is being made has read of the case

    @property
    def facts(self) -> CaseFacts:
        return CaseFacts(self.team_id, self.advocate_id, self.let_in_for_emergency)

    @property
    def is_open(self) -> bool:
        return self.status == "open"
