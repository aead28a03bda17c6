"""What may be said of whoever answers, at most: four broad facts, each only if they agree."""

from datetime import date, timedelta

from caseapp.reference import choices, code_list
from caseapp.surveys.months import VALID_MONTHS, first_of

MOST_CARDS = 200
LEFT_OUT = "not_said"
LEAVE_IT_OUT = (LEFT_OUT, "Leave this out")
AGE_BANDS = [LEAVE_IT_OUT, ("under_25", "Under 25"), ("over_24", "25 or over")]
SEXES = [LEAVE_IT_OUT, ("female", "Female"), ("male", "Male")]
JUSTICE = [LEAVE_IT_OUT, ("yes", "Yes"), ("no", "No")]
NO_GROUP = "unknown"
NO_SERVICE = "none"


def services() -> list[tuple[str, str]]:
    return [*choices("service"), (NO_SERVICE, "No one service")]


def ethnic_groups() -> list[tuple[str, str]]:
    """The five broad groups, none finer."""
    groups = code_list("ethnicity").groups.items()
    return [LEAVE_IT_OUT, *((code, words) for code, words in groups if code != NO_GROUP)]


def place_to_type(link: str) -> str:
    """Where the code of a link can be typed, as people write an address: voice.example.org/s."""
    return link.partition("://")[2].rpartition("/")[0]


def last_day(given_on: date) -> date:
    """On which a code of that day can still be used."""
    return first_of(given_on, VALID_MONTHS) - timedelta(days=1)
