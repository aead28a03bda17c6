"""The questions about safe contact: which ways, at which hours, and what to say."""

from collections.abc import Iterator
from datetime import time
from typing import Any

from caseapp.people.models import SafeContact, SafeWindow
from caseapp.people.safe_contact import channels_in_words
from caseapp.web.forms import (
    CodeCheckboxes,
    EmailLine,
    Form,
    PhoneLine,
    TextLine,
    TimeOfDay,
    YesNo,
)

MIDNIGHT = time()
# The boxes of the two stretches of hours that the form asks for.
STRETCHES = (("days", "starts", "ends"), ("other_days", "other_starts", "other_ends"))
MISSING = {
    "days": "Choose the days on which it is safe",
    "starts": "Enter the time from which it is safe",
    "ends": "Enter the time until which it is safe",
}
Problem = tuple[str, str]  # the field, and what to mend


class SafeContactForm(Form):
    """What makes contact safe; the forms of a person begin with it."""

    phone = PhoneLine("Phone number that is safe to call")
    email = EmailLine("Email address that is safe to write to")
    channels = CodeCheckboxes("Which ways are safe?", "contact_channel")
    unsafe_channels = CodeCheckboxes("Which ways are not safe?", "contact_channel")
    any_hour = YesNo("Is it safe at any hour?")
    days = CodeCheckboxes("On which days is it safe?", "weekday")
    starts = TimeOfDay("Safe from")
    ends = TimeOfDay("Safe until", hint="An earlier time than the first runs into the next morning")
    other_days = CodeCheckboxes("On which other days?", "weekday")
    other_starts = TimeOfDay("From")
    other_ends = TimeOfDay("Until")
    hours = TextLine(
        "More about when it is safe", limit=200, hint="For example, not in the school holidays"
    )
    voicemail_allowed = YesNo("Is it safe to leave a voicemail?")
    who_may_answer = TextLine("Who else may answer?", limit=200)
    wording = TextLine("What should we say if somebody else answers?", limit=300)

    def validate(self, extra_validators: Any = None) -> bool:
        """Every answer by itself, then together."""
        holds = super().validate(extra_validators=extra_validators)
        problems = [found for found in self._problems_together() if not self[found[0]].errors]
        for name, message in problems:
            self.refuse(name, message)
        return holds and not problems

    def safe_contact(self) -> SafeContact:
        return SafeContact(
            phone=self.phone.data,
            email=self.email.data,
            hours=self.hours.data,
            voicemail_allowed=self.voicemail_allowed.data,
            who_may_answer=self.who_may_answer.data,
            wording=self.wording.data,
            channels=tuple(self.channels.data),
            unsafe_channels=tuple(self.unsafe_channels.data),
            any_hour=self.any_hour.data,
            windows=tuple(
                SafeWindow(days=tuple(days), starts=starts, ends=ends)
                for days, starts, ends in self._stretches()
                if days
            ),
        )

    @staticmethod
    def stored_contact(contact: SafeContact) -> dict[str, Any]:
        """The fields of a stored safe contact, by the names of this form."""
        kept = {name: getattr(contact, name) for name in contact.__struct_fields__}
        for names, window in zip(STRETCHES, kept.pop("windows"), strict=False):
            kept |= dict(zip(names, (window.days, window.starts, window.ends), strict=True))
        return kept

    def _stretches(self) -> list[tuple[Any, ...]]:
        return [tuple(self[name].data for name in names) for names in STRETCHES]

    def _problems_together(self) -> Iterator[Problem]:
        both = set(self.channels.data) & set(self.unsafe_channels.data)
        if both:
            words = channels_in_words(tuple(sorted(both)))
            yield "unsafe_channels", f"You ticked this as safe and as not safe: {words}"
        for names in STRETCHES:
            yield from self._problems_of(names)
        given = any(self[name].data for names in STRETCHES for name in names)
        if self.any_hour.data and given:
            yield "any_hour", "You said that any hour is safe and gave hours too. Choose one"
        if self.any_hour.data is False and not given and not self.hours.data:
            yield "days", "Enter the days and times that are safe, or say in words when"

    def _problems_of(self, names: tuple[str, str, str]) -> Iterator[Problem]:
        """Of one stretch: all three parts or none. Midnight to midnight is the whole day."""
        blank = [name for name in names if self[name].data in (None, [])]
        if blank and len(blank) < len(names):
            yield from ((name, MISSING[name.removeprefix("other_")]) for name in blank)
        starts, ends = (self[name].data for name in names[1:])
        if not blank and starts == ends != MIDNIGHT:
            yield names[2], "The time until which it is safe must not be the time it begins"
