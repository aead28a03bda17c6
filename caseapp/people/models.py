"""The person, the tokens that find a duplicate, and the flags of what they need."""

from datetime import date, time
from uuid import UUID

from msgspec import Struct, field
from msgspec.structs import force_setattr
from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.database import Base, PlainBase
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class SafeWindow(Struct, frozen=True, kw_only=True):
    """A stretch of some days of the week, by the borough's clock. One that ends at or before its
    start runs into the next morning."""

    days: tuple[str, ...]  # codes of the list weekday: the days on which it starts
    starts: time
    ends: time


class SafeContact(Struct, frozen=True, kw_only=True):
    """How this person may be reached without putting them in danger."""

    phone: str = ""
    email: str = ""
    hours: str = ""  # more about when, in words; never taken for "at any hour"
    voicemail_allowed: bool | None = None  # None: not asked yet, so it is not allowed
    who_may_answer: str = ""
    wording: str = ""  # what to say if somebody else answers
    channels: tuple[str, ...] = ()  # codes of the list contact_channel that are safe
    unsafe_channels: tuple[str, ...] = ()  # and those that are not; the rest was not asked
    any_hour: bool | None = None  # True: every hour is safe; False: the windows alone
    windows: tuple[SafeWindow, ...] = ()


class EarlierIdentity(Struct, frozen=True, kw_only=True):
    """What else a person was entered as, before two records became one. They are still found by
    it, and so is a duplicate of it."""

    given_name: str = ""
    family_name: str = ""
    date_of_birth: date | None = None
    phone: str = ""
    email: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class PersonHead(Struct, frozen=True, kw_only=True):
    """What lists and counts show."""

    given_name: str
    family_name: str = ""
    preferred_name: str = ""
    date_of_birth: date | None = None
    sex: str = "not_known"
    ethnicity: str = "not_asked"
    ethnicity_source: str = ""
    ward: str = "not_known"
    residence: str = "not_known"
    earlier: tuple[EarlierIdentity, ...] = ()

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class PersonBody(Struct, frozen=True, kw_only=True):
    """What only the case page shows."""

    pronouns: str = ""
    address: str = ""
    postcode: str = ""
    safe_contact: SafeContact = SafeContact()
    first_language: str = ""
    interpreter_needed: bool | None = field(default=None, name="interpreter")  # None: not asked
    interpreter_before: bool = field(default=False, name="interpreter_needed")
    school: str = ""
    gp: str = ""
    alerts: str = ""  # for staff: what to know before contact
    gender_identity: str = ""  # "" from here on: nobody asked
    gender_in_words: str = ""  # their own
    sexual_orientation: str = ""
    immigration_status: str = ""
    public_funds: str = ""
    other_borough: str = ""  # where they live, if not in ours

    def __post_init__(self) -> None:
        """Rows of before could not say "not asked": what they say of an interpreter counts only
        where it is yes."""
        if self.interpreter_before:
            force_setattr(self, "interpreter_needed", True)
            force_setattr(self, "interpreter_before", False)


class Person(SealedRow, Base):
    """Somebody whom the service supports. Reached only through a case of theirs."""

    __tablename__ = "people"
    __label__ = "person"
    __key_owner__ = "id"
    __key_kind__ = "person"
    __bound_columns__ = ()

    head = SealedDocument(PersonHead)
    body = SealedDocument(PersonBody)

    @property
    def full_name(self) -> str:
        return self.head.full_name


class PersonToken(Base):
    """A blind token of a near-unique fact: it finds a duplicate and tells a thief nothing."""

    __tablename__ = "person_tokens"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    field: Mapped[str] = mapped_column(String(20))
    token: Mapped[bytes] = mapped_column(LargeBinary(8), index=True)


class NameChange(PlainBase):
    """A place in the sequence of changes that keeps each process's name index fresh."""

    __tablename__ = "name_changes"

    sequence: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[UUID]


class FlagStep(Struct, frozen=True, kw_only=True):
    """One dated step in the life of a flag; steps are added and never changed."""

    on: date
    what: str  # raised, reviewed, ended
    status: str
    source: str = ""
    by: UUID | None = None
    helped_until_then: str = ""  # what helps, in the words that this step replaced


class FlagHead(Struct, frozen=True, kw_only=True):
    """A need: which list it is from, which code, and how sure we are now."""

    list_name: str  # slcn, disability, communication_need, other_need
    code: str
    status: str  # suspected, screened, diagnosed, ehc_plan; or recorded
    raised_on: date
    ended_on: date | None = None
    long_lasting: bool | None = None
    limits: str = ""


class FlagBody(Struct, frozen=True, kw_only=True):
    steps: tuple[FlagStep, ...]
    what_helps: str = ""


class NeedsFlag(SealedRow, Base):
    """A need that is raised, reviewed and ended with dates, and never overwritten."""

    __tablename__ = "needs_flags"
    __label__ = "needs_flag"
    __key_owner__ = "person_id"
    __key_kind__ = "person"
    __bound_columns__ = ("person_id",)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)

    head = SealedDocument(FlagHead)
    body = SealedDocument(FlagBody)
