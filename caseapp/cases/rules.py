"""Pure decisions about a case: references, reviews, what a closed case allows."""

import re
import secrets
from datetime import date, timedelta

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


def review_due(risk_level: str, since: date) -> date:
    """High risk is reviewed every 4 weeks, the rest every 12."""
    return since + REVIEW_AFTER.get(risk_level, REVIEW_OTHERWISE)
