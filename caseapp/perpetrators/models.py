"""An alleged perpetrator, what is known of them and from whom, and the checks for a conflict."""

from datetime import date
from uuid import UUID, uuid5

from msgspec import Struct
from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class Fact(Struct, frozen=True, kw_only=True):
    """One thing that somebody said, and how sure we are. Facts are added and ended, never lost."""

    id: UUID
    what: str  # a code of perpetrator_fact, or of perpetrator_detail for what the head holds
    text: str
    source: str  # a code of fact_source
    confidence: str  # a code of fact_confidence
    noted_on: date
    by: UUID
    ended_on: date | None = None  # no longer so, or replaced by a newer one


class PerpetratorHead(Struct, frozen=True, kw_only=True):
    """Who is said to have done it, as far as it is known."""

    is_known: bool
    recorded_on: date
    given_name: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    sex: str = "not_known"
    ethnicity: str = "not_known"
    relationship: str = "not_known"
    standing: str = "not_known"  # current or former
    violence_types: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class PerpetratorBody(Struct, frozen=True, kw_only=True):
    """Every fact with its source, the oldest first."""

    facts: tuple[Fact, ...] = ()


class AllegedPerpetrator(SealedRow, Base):
    """Somebody who is said to have done violence to the person of a case."""

    __tablename__ = "alleged_perpetrators"
    __label__ = "alleged_perpetrator"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(PerpetratorHead)
    body = SealedDocument(PerpetratorBody)


class PerpetratorToken(Base):
    """A blind token of a near-unique fact. Its key differs from that of a client's tokens, so that
    the two tables of a stolen database cannot be laid side by side."""

    __tablename__ = "perpetrator_tokens"

    perpetrator_id: Mapped[UUID] = mapped_column(ForeignKey("alleged_perpetrators.id"), index=True)
    field: Mapped[str] = mapped_column(String(20))
    token: Mapped[bytes] = mapped_column(LargeBinary(8), index=True)


class ProgrammeHead(Struct, frozen=True, kw_only=True):
    """A perpetrator programme, its result, and whether the victim is supported beside it."""

    offered_on: date
    result: str  # a code of programme_result
    victim_support: str  # a code of victim_support
    result_on: date | None = None
    supported_since: date | None = None


class ProgrammeBody(Struct, frozen=True, kw_only=True):
    programme: str
    supported_by: str = ""
    why_not_supported: str = ""
    words: str = ""


class ProgrammeReferral(SealedRow, Base):
    """A place in a programme for perpetrators that was offered to one."""

    __tablename__ = "programme_referrals"
    __label__ = "programme_referral"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "perpetrator_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    perpetrator_id: Mapped[UUID] = mapped_column(ForeignKey("alleged_perpetrators.id"), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(ProgrammeHead)
    body = SealedDocument(ProgrammeBody)


class CheckHead(Struct, frozen=True, kw_only=True):
    """What a check found. There is one for everybody who was checked, found or not, and all of
    them are equally long: neither their number nor their size tells which found something."""

    since: date  # the day of the first check
    checked_on: date
    is_client: bool  # the person of the case was checked, and not an alleged perpetrator
    teams: str  # where they were found, see found_teams.py
    settled: str  # the same, of what the manager has settled
    may_answer: bool = False  # named among those who may answer the phone


class Settlement(Struct, frozen=True, kw_only=True):
    """What managers agreed about a conflict. One is added to the other, and none is lost."""

    words: str
    on: date
    by: UUID


class CheckBody(Struct, frozen=True, kw_only=True):
    settled_words: str = ""  # of before settlements were kept one by one
    identity: str = ""  # by what they were looked up: somebody else is not settled yet
    settlements: tuple[Settlement, ...] = ()


class ConflictCheck(SealedRow, Base):
    """The newest check of one person of a case: its id is that of the case's link to them."""

    __tablename__ = "conflict_checks"
    __label__ = "conflict_check"
    __key_owner__ = "case_id"
    __key_kind__ = "case"
    __bound_columns__ = ("case_id", "subject_id", "author_id")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    subject_id: Mapped[UUID]  # an alleged perpetrator, or the person of the case
    author_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))

    head = SealedDocument(CheckHead)
    body = SealedDocument(CheckBody)


def id_of_check(case_id: UUID, subject_id: UUID) -> UUID:
    """There is one for each who was checked."""
    return uuid5(case_id, str(subject_id))
