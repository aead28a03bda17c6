"""An incident: what was done to the person, and what the law did about it."""

from datetime import date
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


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
