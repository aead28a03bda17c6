"""Fills the gaps of a sentence: places that do not exist, days, hours, agencies."""

from collections.abc import Callable, Mapping
from random import Random

from caseapp.demo import plan_words, surroundings

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WHO = ("two young men", "somebody they know", "an older boy", "a group of five", "a stranger")
WHO_AT_HOME = ("their partner", "an ex-partner", "a relative", "their ex", "the other parent")


def street(rng: Random) -> str:
    return f"{rng.choice(surroundings.STREET_STARTS)} {rng.choice(surroundings.STREET_ENDS)}"


GAPS: Mapping[str, Callable[[Random], str]] = {
    "place": street,
    "day": lambda rng: rng.choice(WEEKDAYS),
    "hour": lambda rng: f"{rng.randint(1, 12)}.{rng.randrange(0, 60, 5):02}",
    "weeks": lambda rng: str(rng.randint(2, 12)),
    "number": lambda rng: str(rng.randint(1, 180)),
    "school": lambda rng: rng.choice(surroundings.SCHOOLS),
    "agency": lambda rng: rng.choice(list(surroundings.AGENCIES.values())),
    "who": lambda rng: rng.choice(WHO),
    "who_at_home": lambda rng: rng.choice(WHO_AT_HOME),
    "code_word": lambda rng: rng.choice(plan_words.CODE_WORDS),
}


class _Gaps(dict[str, str]):
    """Draws each gap anew, so that two sentences seldom agree."""

    def __init__(self, rng: Random, name: str, *, at_home: bool) -> None:
        super().__init__(name=name)
        self._rng = rng
        self._at_home = at_home

    def __missing__(self, gap: str) -> str:
        known = gap == "who" and self._at_home
        return GAPS["who_at_home" if known else gap](self._rng)


def tell(rng: Random, sentences: tuple[str, ...], name: str = "", *, at_home: bool = False) -> str:
    """One of the sentences with its gaps filled; the first letter is a capital. Whoever did
    something `at_home` is no stranger."""
    told = rng.choice(sentences).format_map(_Gaps(rng, name, at_home=at_home))
    return told[:1].upper() + told[1:]
