"""The outcomes of the strategy and the indicators of each: data, read once per process."""

from functools import cache
from importlib.resources import files

import msgspec


class First(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An indicator on the one screen, in few words."""

    number: int
    short: str


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One outcome. `first`: the indicators on the one screen, `more`: numbers of the others."""

    code: str
    title: str
    first: tuple[First, ...]
    more: tuple[int, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        return (*(each.number for each in self.first), *self.more)


class _Outcomes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    source: str
    outcomes: tuple[Outcome, ...]


@cache
def outcomes() -> tuple[Outcome, ...]:
    text = files("caseapp.board").joinpath("outcomes.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=_Outcomes).outcomes


def find_outcome(code: str) -> Outcome | None:
    return next((each for each in outcomes() if each.code == code), None)
