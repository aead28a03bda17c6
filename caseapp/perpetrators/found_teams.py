"""Teams written in a text of one length, so that a sealed check does not tell by its size how many
teams it found."""

from collections.abc import Iterable
from uuid import UUID

PLACES = 8  # more teams than the largest borough has
DIGITS = 32
NOWHERE = UUID(int=0)


def write_teams(teams: Iterable[UUID]) -> str:
    kept = sorted(set(teams))[:PLACES]
    return "".join(team.hex for team in kept).ljust(PLACES * DIGITS, "0")


def read_teams(text: str) -> set[UUID]:
    found = {UUID(hex=text[i : i + DIGITS]) for i in range(0, len(text), DIGITS)}
    return found - {NOWHERE}
