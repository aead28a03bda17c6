"""New passwords: those that people choose, and those that an administrator hands out."""

from caseapp.accounts.models import User
from caseapp.accounts.passwords import is_password_of
from caseapp.accounts.rules import weakness_of
from caseapp.accounts.spoken_codes import random_code
from caseapp.database import db

SAME = "New password must not be the present one"


def weakness_for(user: User, password: str) -> str | None:
    """What is wrong with this password for this person, in words for the page; None: nothing.

    Ends the transaction, since comparing with the present one is slow. Raises TooBusy.
    """
    local_part = user.head.email.split("@")[0]
    team = user.team.name if user.team else ""
    weakness = weakness_of(password, personal=(user.head.name, local_part), known_words=(team,))
    if weakness is not None:
        return weakness
    db.session.commit()
    return SAME if is_password_of(user.password_hash, password) else None


def new_start_password() -> str:
    """79 random bits: to be told once, and replaced at the first sign-in."""
    return random_code(groups=4)
