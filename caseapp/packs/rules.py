"""Pure decisions about a pack: how many cases, how long it is kept, what it says of each."""

from datetime import datetime, timedelta

MOST_CASES = 500
MOST_IN_ONE_PDF = 200  # the process that joins them holds them all, half a megabyte a plan
KEPT_FOR = timedelta(hours=24)
OWN = "own"  # the answer "as fits each reader"

SHAPES = {
    "zip": "A zip folder with one PDF for each plan",
    "pdf": "One PDF with all the plans, one after another",
}

LEFT_OUT = {
    "no_plan": "There is no safety plan yet",
    "not_safe": "It is not safe for the person to keep a copy",
    "names_somebody": "It names somebody who is said to have harmed the person. Change the plan",
    "not_made": "The PDF could not be made",
    "too_long": "The PDF took too long to make. Try it alone, with a shorter text",
    "damaged": "The record is damaged. Tell your administrator",
    "closed": "The case was closed meanwhile",
    "changed": "The plan was changed meanwhile",
    "gone": "The case is no longer your team’s",
}


def file_name(shape: str) -> str:
    """What the download is called: nobody's name, and no place or service."""
    return f"plans.{shape}"


def name_of(number: int) -> str:
    """The name of one plan within the zip."""
    return f"plan-{number:03}.pdf"


def is_old(updated_at: str, moment: datetime) -> bool:
    """Whether what was made, or left waiting, then (ISO 8601) is to be removed."""
    return moment - datetime.fromisoformat(updated_at) >= KEPT_FOR
