"""Pure decisions: which passwords are too easy to guess, and when a try may be made."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zxcvbn import zxcvbn

MIN_PASSWORD = 12
MAX_PASSWORD = 200
LONGEST_RATED = 72  # zxcvbn rates no more than this, and its time grows with the square
SHORTEST_PIECE = 4  # of a name; shorter ones stand in half of all sentences
STRONG_ENOUGH = 4  # of 0 to 4: more than ten thousand million guesses

# Printed in the documentation or common to every copy of the product: known to everybody.
KNOWN_PASSWORDS = frozenset({"demo-only-not-secret"})
HOUSE_WORDS = ("caseapp", "advocate", "violence", "kensington", "chelsea")


def weakness_of(
    password: str, *, personal: Iterable[str] = (), known_words: Iterable[str] = ()
) -> str | None:
    """What is wrong with a new password, to be shown beside its field; None: nothing.

    `personal` words (name, email) may not stand in it; `known_words` (team, place) add nothing to
    its strength. Length and lists of known passwords count, with whatever is built from them;
    there are no rules about capitals or digits (NIST SP 800-63B).
    """
    if len(password) < MIN_PASSWORD:
        return f"Password must be {MIN_PASSWORD} characters or more"
    if len(password) > MAX_PASSWORD:
        return f"Password must be {MAX_PASSWORD} characters or fewer"
    if password.strip().casefold() in KNOWN_PASSWORDS:
        return "That password is printed in the documentation. Choose another"
    pieces = _pieces(personal)
    if any(piece in password.casefold() for piece in pieces):
        return "Password must not contain your name or email address"
    if _strength(password, [*pieces, *_pieces(known_words)]) < STRONG_ENOUGH:
        return "That password is easy to guess. Try four or more words that do not belong together"
    return None


def _pieces(words: Iterable[str]) -> list[str]:
    """The parts of names and addresses that are long enough to give a password away."""
    whole = " ".join(words).casefold()
    return [part for part in re.split(r"[^\w]+", whole) if len(part) >= SHORTEST_PIECE]


def _strength(password: str, known_words: list[str]) -> int:
    rated = zxcvbn(password[:LONGEST_RATED], [*HOUSE_WORDS, *known_words], max_length=LONGEST_RATED)
    return int(rated["score"])


@dataclass(frozen=True)
class Allowance:
    """How often something may be tried: `burst` times at once, then once each `seconds`.

    What was used is paid back with time, so nobody is ever locked out, only slowed down.
    """

    burst: int
    seconds: int

    def wait(self, paid_back_at: int, moment: int) -> int:
        """Seconds until the next try may be made; 0 is now."""
        return max(paid_back_at - moment - (self.burst - 1) * self.seconds, 0)

    def take(self, paid_back_at: int, moment: int) -> int:
        """When everything will be paid back, once one more try is made."""
        return max(paid_back_at, moment) + self.seconds


# Ten tries in any five minutes, 24 an hour afterwards, over all addresses together.
ACCOUNT = Allowance(burst=8, seconds=150)
# Less for one address, so that somebody who guesses from one place leaves tries for the owner.
ACCOUNT_AT_ADDRESS = Allowance(burst=5, seconds=300)
# One password tried at many accounts, or a flood that only wants to keep the hashing busy. Far
# above what an office needs whose laptops share an address: right passwords use nothing up.
ADDRESS = Allowance(burst=30, seconds=10)
# A device that has fully signed in to the account before counts for itself alone: guessing
# elsewhere cannot delay the owner's own laptop.
KNOWN_DEVICE = Allowance(burst=8, seconds=150)
# Whoever tries codes knows the password already.
CODE = Allowance(burst=5, seconds=300)


def in_words(seconds: int) -> str:
    """A wait that a person can act on: '40 seconds', '3 minutes'."""
    if seconds < 60:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    minutes = -(-seconds // 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
