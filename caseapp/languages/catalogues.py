"""Our own phrases in another language, and whether a speaker has looked at each."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from caseapp.languages.spoken import LANGUAGES, Language


class State(StrEnum):
    """How far a translation can be relied on."""

    REVIEWED = "reviewed"  # a named speaker has read it
    DRAFT = "draft"
    MISSING = "missing"  # it stays in English


@dataclass(frozen=True)
class Catalogue:
    """One language; `language` raises KeyError for one that we do not print."""

    language: Language

    def phrase(self, english: str) -> str:
        """The phrase in this language, or the English where there is none."""
        return english

    def state(self, english: str) -> State:
        has_it = self.phrase(english) != english
        return State.REVIEWED if self.language.code == "en" or has_it else State.MISSING

    def in_words(self, day: date) -> str:
        """A date such as 7 March 2026."""
        return f"{day.day} {day:%B} {day.year}"


@cache
def catalogue(code: str) -> Catalogue:
    """The catalogue of a language; raises KeyError for one that we do not print."""
    return Catalogue(LANGUAGES[code])
