"""Pure decisions: who is a child, how a tie reads from either side, which ties cannot be."""

from collections.abc import Callable, Collection
from datetime import date, timedelta
from uuid import UUID

from caseapp.people.rules import age_on
from caseapp.reference import UnknownCode, entry, label_of

ADULT_FROM = 18
LONGEST_WAIT = timedelta(weeks=43)  # from today to the day on which a child can be expected
MOST_GENERATIONS = 8

# Those of the next generation above: asked of several people at once.
Elders = Callable[[Collection[UUID]], set[UUID]]


def why_not_a_child(
    born: date | None, expected_on: date | None, today: date
) -> tuple[str, str] | None:
    """(field, message) where these dates are not those of a child."""
    if born and expected_on:
        return "expected_on", "Give the date of birth or the expected date, not both"
    if born and born > today:
        return "date_of_birth", (
            "The date of birth is in the future. For a child who is not born yet, give the"
            " expected date instead"
        )
    if born and age_on(born, today) >= ADULT_FROM:
        return "date_of_birth", (
            "They are 18 or over, so they are not a child. If they are known to us, record how"
            " they are related instead"
        )
    if expected_on and expected_on < today:
        return "expected_on", (
            "The expected date has passed. If the child is born, give the date of birth instead"
        )
    if expected_on and expected_on > today + LONGEST_WAIT:
        return "expected_on", "The expected date is more than 10 months away. Check the year"
    return None


def what_to_look_at(born: date | None, expected_on: date | None, today: date) -> str:
    """What time has made of a record that was right when it was written."""
    if born and age_on(born, today) >= ADULT_FROM:
        return "Now 18 or over"
    if expected_on and expected_on < today:
        return "Expected date has passed"
    return ""


def inverse_of(list_name: str, code: str) -> str:
    """The same tie seen from the other side."""
    try:
        return entry(list_name, code).attributes.get("inverse", code)
    except UnknownCode:
        return code


def word_for(code: str, sex: str) -> str:
    """What the other person is to this one: the plain word where their sex is known."""
    try:
        found = entry("family_relationship", code)
    except UnknownCode:
        return label_of("family_relationship", code)
    return found.attributes.get(sex, found.label)


def is_above(code: str) -> bool:
    """Whether the other person is an ancestor of this one."""
    return entry("family_relationship", code).attributes.get("above") == "yes"


def is_restricted(code: str) -> bool:
    """Whether a link says who is suspected, which only those who work the case may read."""
    try:
        return entry("case_link", code).attributes.get("restricted") == "yes"
    except UnknownCode:
        return True


def would_be_own_ancestor(younger: UUID, older: UUID, elders: Elders) -> bool:
    """Whether `younger` stands above `older` already, so that the new tie would close a circle."""
    seen: set[UUID] = set()
    generation = {older}
    for _ in range(MOST_GENERATIONS):
        if younger in generation:
            return True
        seen |= generation
        generation = elders(generation) - seen
        if not generation:
            return False
    return younger in generation


def is_too_young(younger_born: date | None, older_born: date | None) -> bool:
    """Whether an ancestor would be no older than their descendant."""
    return bool(younger_born and older_born and older_born >= younger_born)
