"""An incident: what was done to the person, what the law did about it, and their rights."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class IncidentHead(Struct, frozen=True, kw_only=True):
    """What counts and the timeline show of an incident. The outcome is the newest one."""

    happened_on: date
    offence: str
    ward: str = "not_known"
    place_type: str = ""
    is_domestic: bool = False
    reported_to_police: bool | None = None
    outcome: str = ""  # criminal-justice outcome; empty where it was not reported
    outcome_on: date | None = None
    ask_again_on: date | None = None  # when the worker asks the police for the outcome again
    perpetrator_id: UUID | None = None  # who is said to have done it
    convicted_on: date | None = None


class OutcomeStep(Struct, frozen=True, kw_only=True):
    """What was known of the outcome from one day on. Steps are added and never changed."""

    id: UUID  # of the form it was sent with, so that sending twice makes one step
    at: datetime  # when it was written down
    by: UUID
    outcome: str = ""
    outcome_on: date | None = None
    said_by: str = ""  # a code of outcome_source
    no_outcome_reasons: tuple[str, ...] = ()
    victim_told: bool | None = None
    victim_told_on: date | None = None
    note: str = ""
    corrects_last: bool = False  # the step before was a mistake
    convicted_on: date | None = None


class Correction(Struct, frozen=True, kw_only=True):
    """What an incident said before it was corrected, in the words of the form."""

    at: datetime
    by: UUID
    before: tuple[tuple[str, str], ...]  # (question, answer) of what was changed


class IncidentBody(Struct, frozen=True, kw_only=True):
    """What only the page of the incident shows. Reasons and told are those of the newest step."""

    description: str = ""
    source: str = ""
    weapon: str = ""
    injury: str = ""
    hospital: bool | None = None
    crime_number: str = ""
    no_outcome_reasons: tuple[str, ...] = ()
    victim_told: bool | None = None
    victim_told_on: date | None = None
    steps: tuple[OutcomeStep, ...] = ()  # the oldest first
    corrections: tuple[Correction, ...] = ()  # the oldest first


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


class RightStep(Struct, frozen=True, kw_only=True):
    """Where one right stood on a day. Steps are added; the last one of a right counts."""

    sent_with: UUID  # the form, so that sending twice makes no second step
    right: str  # a code of victims_code_right
    standing: str  # a code of right_standing
    on: date
    at: datetime  # when it was written down
    by: UUID
    note: str = ""


class RightsHead(Struct, frozen=True, kw_only=True):
    """Every step, the oldest first."""

    steps: tuple[RightStep, ...] = ()


class RightsRecord(SealedRow, Base):
    """Where the rights under the Victims' Code stand: for one incident, or for the whole case."""

    __tablename__ = "rights_records"
    __label__ = "rights_record"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "incident_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    incident_id: Mapped[UUID | None] = mapped_column(ForeignKey("incidents.id"))

    head = SealedDocument(RightsHead)
