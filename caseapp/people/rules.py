"""Pure decisions about a person: age, disability, what to heed before making contact."""

from collections.abc import Iterable
from datetime import date

from caseapp.people.models import FlagHead, PersonBody, SafeContact
from caseapp.people.safe_contact import channels_in_words, hours_in_words
from caseapp.reference import UnknownCode, entry

YOUNG_PERSON_UNTIL = 25
ADULT_SERVICE_FROM = 16
# Who asked for easy read gets it, also where they have trouble seeing: it is printed large.
READING_FORMATS = ("easy_read", "large_print")
STANDARD = "standard"


def age_on(born: date, day: date) -> int:
    """Whole years on that day; somebody born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_young_person(born: date | None, day: date) -> bool:
    return born is not None and age_on(born, day) < YOUNG_PERSON_UNTIL


def why_wrong_age(service: str, born: date | None, day: date) -> str | None:
    """Why a new case of this service cannot be opened for somebody of this age, if it cannot."""
    if born is None:
        return None
    if born > day:
        return "The date of birth is after the day the case opens. Check both dates."
    if service == "youth_violence" and not is_young_person(born, day):
        return "This service is for people under 25. Check the date of birth."
    if service == "idva" and age_on(born, day) < ADULT_SERVICE_FROM:
        return (
            "This service is for people aged 16 or over. A child who sees, hears or experiences"
            " abuse is a victim too: ask a manager which service should support them."
        )
    return None


def has_slcn(flags: Iterable[FlagHead]) -> bool:
    return any(flag.list_name == "slcn" and flag.ended_on is None for flag in flags)


def is_disabled(flags: Iterable[FlagHead]) -> bool:
    """A condition of 12 months or more that limits activities, as in the harmonised standard."""
    return any(
        flag.list_name == "disability"
        and flag.code != "none"
        and flag.ended_on is None
        and flag.long_lasting is True
        and flag.limits in {"a_lot", "a_little"}
        for flag in flags
    )


def reading_format(flags: Iterable[FlagHead]) -> str:
    """The format in which this person reads best: a code of the list reading_format.

    What they asked for goes before what their speech, language and disability flags suggest; both
    are attributes of the entries in those lists. Flags that have ended do not count.
    """
    current = [flag for flag in flags if flag.ended_on is None and flag.limits != "not_at_all"]
    asked = {_format_of(flag) for flag in current if flag.list_name == "communication_need"}
    suggested = {_format_of(flag) for flag in current if flag.list_name != "communication_need"}
    order = [*(f for f in READING_FORMATS if f in asked), *READING_FORMATS]
    return next((found for found in order if found in asked | suggested), STANDARD)


def flag_review_due(last_step_on: date) -> date:
    """A need is looked at again 12 months after its last step."""
    try:
        return last_step_on.replace(year=last_step_on.year + 1)
    except ValueError:  # 29 February
        return last_step_on.replace(year=last_step_on.year + 1, day=28)


def _format_of(flag: FlagHead) -> str:
    try:
        return entry(flag.list_name, flag.code).attributes.get("reading_format", STANDARD)
    except UnknownCode:
        return STANDARD


def safe_contact_warning(body: PersonBody) -> str:
    """One line for the top of every page about this person. Not asked counts as not safe."""
    contact = body.safe_contact
    hours = hours_in_words(contact)
    parts = [
        f"Not safe: {channels_in_words(contact.unsafe_channels)}."
        if contact.unsafe_channels
        else "",
        _when_to_call(contact, hours),
        "" if contact.voicemail_allowed else "Do not leave a voicemail.",
        f"May answer: {contact.who_may_answer}." if contact.who_may_answer else "",
        f"If somebody else answers: {contact.wording}" if contact.wording else "",
    ]
    return " ".join(part for part in parts if part)


def _when_to_call(contact: SafeContact, hours: str) -> str:
    if not hours:
        return "Nobody has asked when it is safe to call."
    return f"Safe to call {hours}." if contact.any_hour else f"Call only: {hours}."
