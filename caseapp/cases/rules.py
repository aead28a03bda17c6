"""Pure decisions about a case: references, reviews, what a closed case allows."""

import re
import secrets
from collections.abc import Iterator
from datetime import date, timedelta

from caseapp.people.models import PersonBody, PersonHead
from caseapp.reference import UnknownCode, entry

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, no letters that look like digits
REFERENCE_SHAPE = re.compile(rf"[{ALPHABET}]{{4}}[ -]?[{ALPHABET}]{{4}}")
REVIEW_AFTER = {"high": timedelta(weeks=4)}
REVIEW_OTHERWISE = timedelta(weeks=12)


def new_reference() -> str:
    """A random reference that says nothing of the person, the service or how many there are."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def normal_reference(text: str) -> str:
    """What somebody typed, in the form in which references are kept."""
    letters = "".join(letter for letter in text.upper() if letter in ALPHABET)
    return f"{letters[:4]}-{letters[4:]}"


def themes_with(themes: tuple[str, ...], service: str) -> tuple[str, ...]:
    """With the theme of the service, where the list says which that is."""
    try:
        theme = entry("service", service).attributes.get("theme", "")
    except UnknownCode:
        return themes
    return themes if not theme or theme in themes else (*themes, theme)


def review_due(risk_level: str, since: date) -> date:
    """High risk is reviewed every 4 weeks, the rest every 12."""
    return since + REVIEW_AFTER.get(risk_level, REVIEW_OTHERWISE)


def has_moved(before: tuple[PersonHead, PersonBody], after: tuple[PersonHead, PersonBody]) -> bool:
    """Whether the record says that the person lives elsewhere now. What was not known before and
    is filled in is no move."""
    return any(old and old != new for old, new in zip(_home(*before), _home(*after), strict=True))


def _home(head: PersonHead, body: PersonBody) -> Iterator[str]:
    """What says where somebody lives; empty for what nobody knows."""
    for code in (head.ward, head.residence):
        yield "" if code == "not_known" else code
    for typed in (body.address, body.postcode, body.other_borough):
        yield "".join(typed.split()).casefold()
