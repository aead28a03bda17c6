"""What is invented of the work on a case. The truth file holds these shapes as they stand."""

from datetime import date, datetime

from msgspec import Struct


class OutcomeStepTold(Struct, frozen=True, kw_only=True):
    """What was known of a criminal-justice outcome from one day on."""

    on: date
    outcome: str
    outcome_on: date | None = None
    said_by: str = ""
    no_outcome_reasons: tuple[str, ...] = ()
    victim_told: bool | None = None
    victim_told_on: date | None = None


class RightTold(Struct, frozen=True, kw_only=True):
    """Where a right under the Victims' Code stood on a day."""

    right: str
    standing: str
    on: date


class FactTold(Struct, frozen=True, kw_only=True):
    """What somebody said of an alleged perpetrator, and how sure the worker is."""

    what: str
    text: str
    source: str
    confidence: str
    on: date


class ProgrammeTold(Struct, frozen=True, kw_only=True):
    """A perpetrator programme, with the victim's support beside it."""

    programme: str
    offered_on: date
    result: str
    result_on: date | None
    victim_support: str
    supported_since: date | None
    supported_by: str = ""
    why_not_supported: str = ""


class ReferralStepTold(Struct, frozen=True, kw_only=True):
    on: date
    what: str  # chased, or how far it was taken up


class SharingTold(Struct, frozen=True, kw_only=True):
    """An entry of the sharing log; `referral` is the place of the referral that it was."""

    on: date
    with_whom: str
    what: str
    purpose: str
    consent: str
    basis: str
    conditions: tuple[str, ...] = ()
    necessity: str = ""
    why_without_consent: str = ""
    person_told: bool | None = None
    why_not_told: str = ""
    referral: int | None = None
    decided_on: date | None = None  # by the manager
    agrees: bool | None = None


class ActionTold(Struct, frozen=True, kw_only=True):
    """An action of a MARAC plan; without an agency it is the advocate's."""

    what: str
    agency: str
    due_on: date
    done_on: date | None
    result: str


class MaracTold(Struct, frozen=True, kw_only=True):
    """A referral to the MARAC; `referral` is its place among the referrals of the case."""

    referral: int
    on: date
    criteria: tuple[str, ...]
    is_repeat: bool
    dash_score: int | None
    perpetrator_recorded: bool
    violence_types: tuple[str, ...]
    meeting_on: date
    heard_on: date | None
    fed_back_on: date | None
    actions: tuple[ActionTold, ...]


class TaskTold(Struct, frozen=True, kw_only=True):
    what: str
    channel: str  # where it reaches the person
    added_on: date
    due_on: date
    done_on: date | None


class MeasureTold(Struct, frozen=True, kw_only=True):
    """How the person was doing: points of the scale by the code of the measure."""

    stage: str
    on: date
    points: dict[str, str]
    own_words: str


class ClosureAskedTold(Struct, frozen=True, kw_only=True):
    """An advocate asked for the case to close, and what the manager said."""

    asked_on: date
    on: date
    reason: str
    status: str
    answer: str


class ReceivedTold(Struct, frozen=True, kw_only=True):
    """The referral that the case came from; `words` were said while the person waited."""

    received_on: date
    decided_on: date
    words: str


class LinkTold(Struct, frozen=True, kw_only=True):
    """Why the case belongs to an earlier one, as seen from this one."""

    code: str
    reference: str


class RelativeTold(Struct, frozen=True, kw_only=True):
    """What an earlier person, by their number, is to this one."""

    code: str
    number: int


class CallTold(Struct, frozen=True, kw_only=True):
    """Something happened after which the safety plan had to be looked at again."""

    reason: str
    called_at: datetime
