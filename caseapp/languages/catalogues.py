"""Our own phrases in another language, and whether a speaker has looked at each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from babel.messages.pofile import PoFileError

from caseapp.languages.spoken import LANGUAGES, Language
from caseapp.languages.translations import FOLDER, Translation, read_translations
from config import SettingsError

NOT_TRANSLATED = Translation("")


class State(StrEnum):
    """How far a translation can be relied on."""

    REVIEWED = "reviewed"  # a named speaker has read it
    DRAFT = "draft"
    MISSING = "missing"  # it stays in English


@dataclass(frozen=True)
class Catalogue:
    """One language and its phrases; English, which we wrote ourselves, needs none."""

    language: Language
    translations: Mapping[str, Translation]

    def phrase(self, english: str) -> str:
        """The phrase in this language, or the English where there is none."""
        return self._of(english).words or english

    def state(self, english: str) -> State:
        """Whether the phrase can be relied on in this language."""
        if self.language.code == "en" or self.reviewed_by(english):
            return State.REVIEWED
        return State.DRAFT if self._of(english).words else State.MISSING

    def reviewed_by(self, english: str) -> str:
        """Which speaker checked the phrase and when ("NAME, 2026-03-07"), or ""."""
        found = self._of(english)
        return found.reviewed_by if found.words else ""

    def in_words(self, day: date) -> str:
        """A date such as 7 March 2026."""
        return self.language.in_words(day)

    def _of(self, english: str) -> Translation:
        return self.translations.get(english, NOT_TRANSLATED)


@cache
def catalogue(code: str) -> Catalogue:
    """The catalogue of a language; raises KeyError for one that we do not print."""
    language = LANGUAGES[code]
    return Catalogue(language, {} if code == "en" else read_translations(FOLDER / f"{code}.po"))


def insist_on_every_language() -> None:
    """Raises SettingsError where the file of one cannot be read: whoever prints would else find
    out, in whichever language."""
    for code, language in LANGUAGES.items():
        try:
            catalogue(code)
        except (OSError, ValueError, PoFileError):
            raise SettingsError(
                f"The phrases in {language.english} cannot be read:"
                " put the files of this version in place again"
            ) from None
