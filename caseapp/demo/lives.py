"""What is invented for one case. The truth file holds these shapes as they stand."""

from datetime import date, datetime

from msgspec import Struct

from caseapp.demo.work_told import (
    CallTold,
    ClosureAskedTold,
    FactTold,
    LinkTold,
    MaracTold,
    MeasureTold,
    OutcomeStepTold,
    ProgrammeTold,
    ReceivedTold,
    ReferralStepTold,
    RelativeTold,
    RightTold,
    SharingTold,
    TaskTold,
)
from caseapp.households.models import ChildHead
from caseapp.plans.models import Place, SafePerson, Step


class Identity(Struct, frozen=True, kw_only=True):
    """An invented person. The number tells two episodes of one person from two people."""

    number: int
    given_name: str
    family_name: str
    preferred_name: str
    script: str
    pronouns: str
    date_of_birth: date
    sex: str
    ethnicity: str
    ethnicity_source: str
    ward: str
    residence: str
    address: str
    postcode: str
    phone: str
    email: str
    hours: str
    voicemail_allowed: bool
    who_may_answer: str
    wording: str
    first_language: str
    interpreter_needed: bool
    school: str
    gp: str
    alerts: str


class IncidentTold(Struct, frozen=True, kw_only=True):
    on: date
    offence: str
    ward: str
    place_type: str
    weapon: str
    injury: str
    hospital: bool
    domestic: bool
    reported: bool
    crime_number: str
    outcome: str  # empty where it was not reported
    outcome_on: date | None
    no_outcome_reasons: tuple[str, ...]
    victim_told: bool | None
    description: str
    steps: tuple[OutcomeStepTold, ...] = ()
    rights: tuple[RightTold, ...] = ()
    ask_again_on: date | None = None
    by_alleged: bool = False  # the record says that the alleged perpetrator did it


class NoteTold(Struct, frozen=True, kw_only=True):
    at: datetime
    type: str
    contact_outcome: str
    minutes: int | None
    fact: str
    opinion: str
    with_whom: str
    safe_to_talk: bool | None
    third_party: bool
    next_action: str
    next_action_on: date | None


class FlagTold(Struct, frozen=True, kw_only=True):
    list_name: str
    code: str
    status: str
    source: str
    raised_on: date
    reviewed_on: date | None
    ended_on: date | None
    long_lasting: bool | None
    limits: str
    what_helps: str


class RiskTold(Struct, frozen=True, kw_only=True):
    """A judgement, and what it was made with: the level is the worker's, `proposed` the tool's."""

    on: date
    level: str
    reasons: str
    how: str = "judgement"  # or dash, or youth
    items: tuple[int, ...] = ()  # of the DASH, answered yes
    concerns: tuple[tuple[str, str], ...] = ()  # of the youth judgement
    words: tuple[tuple[str, str], ...] = ()
    proposed: str = ""


class ReferralTold(Struct, frozen=True, kw_only=True):
    kind: str
    agency: str
    on: date
    need: str
    consent_basis: str
    why_without_consent: str
    person_told: bool
    decision: str
    declined_reason: str
    decided_on: date | None
    engagement: str
    result: str
    consent: str = ""
    conditions: tuple[str, ...] = ()
    necessity: str = ""
    why_not_told: str = ""
    first_responder: str = ""
    steps: tuple[ReferralStepTold, ...] = ()


class AllegedTold(Struct, frozen=True, kw_only=True):
    """Who is said to have done it. `client` is the number of a person whom we also support."""

    known: bool
    given_name: str
    family_name: str
    sex: str
    relationship: str
    standing: str
    client: int | None
    date_of_birth: date | None = None
    recorded: bool = False  # in the case; the rest is what only the story knows
    violence_types: tuple[str, ...] = ()
    facts: tuple[FactTold, ...] = ()
    programme: ProgrammeTold | None = None


class SectionTold(Struct, frozen=True, kw_only=True):
    own: str  # the person's own words
    worker: str


class PlanVersionTold(Struct, frozen=True, kw_only=True):
    written_at: datetime
    review_on: date
    sections: dict[str, SectionTold]
    is_agreed: bool
    copy_is_safe: bool
    agreed_by: tuple[str, ...] = ()
    agreed_on: date | None = None
    language: str = "en"
    reading_format: str = ""
    child: dict[str, SectionTold] = {}
    steps: tuple[Step, ...] = ()
    places: tuple[Place, ...] = ()
    people: tuple[SafePerson, ...] = ()
    pictures: dict[str, str] = {}  # a sentence, and the picture beside it


class PlanTold(Struct, frozen=True, kw_only=True):
    """The plan_section list without "plan_section_", and every version, the oldest first."""

    kind: str
    versions: tuple[PlanVersionTold, ...]
    calls: tuple[CallTold, ...] = ()  # for a review


class ClosureTold(Struct, frozen=True, kw_only=True):
    on: date
    reason: str
    harm_reduced: bool | None
    note: str


class CaseTold(Struct, frozen=True, kw_only=True, tag_field="kind", tag="case"):
    """One episode of support, from referral to closure or to the last day that was told."""

    reference: str
    until: date
    person: Identity
    service: str
    theme: tuple[str, ...]
    team: str
    advocate: str
    supervisor: str
    referral_source: str
    referred_by: str
    consent_basis: str
    referred: date
    opened: date
    first_contact: date | None
    summary: str
    risk: tuple[RiskTold, ...]
    next_review: date | None
    children: int
    incidents: tuple[IncidentTold, ...]
    alleged: tuple[AllegedTold, ...]
    notes: tuple[NoteTold, ...]
    flags: tuple[FlagTold, ...]
    referrals: tuple[ReferralTold, ...]
    plan: PlanTold | None
    closed: ClosureTold | None
    household: tuple[ChildHead, ...] = ()
    tasks: tuple[TaskTold, ...] = ()
    sharing: tuple[SharingTold, ...] = ()
    marac: tuple[MaracTold, ...] = ()
    measures: tuple[MeasureTold, ...] = ()
    closure_asked: tuple[ClosureAskedTold, ...] = ()
    received: ReceivedTold | None = None
    links: tuple[LinkTold, ...] = ()
    relatives: tuple[RelativeTold, ...] = ()


class IncomingTold(Struct, frozen=True, kw_only=True, tag_field="kind", tag="incoming"):
    """Somebody referred to a team who has no case: they wait, or were declined."""

    team: str
    author: str
    person: Identity
    received: date
    referral_source: str
    referred_by: str
    theme: tuple[str, ...]
    summary: str
    consent: str
    status: str
    decided: date | None
    declined_reason: str
    signposted_to: str
    words: str


class ServiceTold(Struct, frozen=True, kw_only=True, tag_field="kind", tag="service"):
    """An invented service of the directory."""

    name: str
    organisation: str
    is_open: bool


class WorkerTold(Struct, frozen=True, kw_only=True, tag_field="kind", tag="user"):
    email: str
    name: str
    role: str
    team: str  # empty for an analyst or an administrator
    service: str
    passphrase: str
