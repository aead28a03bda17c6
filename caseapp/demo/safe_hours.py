"""What invented people say about when and how they may be reached, as answers that can be asked."""

from datetime import time

from caseapp.demo.lives import Identity
from caseapp.people.models import SafeContact, SafeWindow

WORKING_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
WINDOWS = {
    "weekdays after 4pm": (WORKING_WEEK, time(16), time(20)),
    "school days 3.30 to 5pm": (WORKING_WEEK, time(15, 30), time(17)),
    "mornings before 11": ((*WORKING_WEEK, "saturday", "sunday"), time(8), time(11)),
    "Tuesday and Thursday lunchtime": (("tuesday", "thursday"), time(12), time(14)),
    "weekdays 10 to 2, when they are alone": (WORKING_WEEK, time(10), time(14)),
}


def safe_contact_of(told: Identity) -> SafeContact:
    """Their words stand beside the hours that they mean; who was not asked has a number alone."""
    if not told.hours:
        return SafeContact(phone=told.phone, email=told.email)
    window = WINDOWS.get(told.hours)
    return SafeContact(
        phone=told.phone,
        email=told.email,
        hours=told.hours,
        voicemail_allowed=told.voicemail_allowed,
        who_may_answer=told.who_may_answer,
        wording=told.wording,
        channels=("phone", "in_person_at_ours") if window else ("phone", "text"),
        unsafe_channels=() if told.voicemail_allowed else ("letter", "visit"),
        any_hour=window is None,
        windows=(SafeWindow(days=window[0], starts=window[1], ends=window[2]),) if window else (),
    )
