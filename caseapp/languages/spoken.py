"""The seven languages of the strategy, and which of them somebody's first language is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date


@dataclass(frozen=True)
class Language:
    """`code`: BCP 47; `name`: as its speakers write it; `direction`: ltr or rtl.

    `locale`, `dates` and `first` say how a day is written: Babel's locale and its pattern, and the
    pattern for the first of a month where that differs.
    """

    code: str
    name: str
    english: str
    direction: str = "ltr"
    locale: str = ""
    dates: str = "long"
    first: str = ""

    def in_words(self, day: date) -> str:
        """A date such as 7 March 2026, always with Gregorian months and Western digits, so that a
        worker can check it on paper whose letters they cannot read."""
        pattern = self.first if self.first and day.day == 1 else self.dates
        return format_date(day, pattern, locale=self.locale or self.code)


_SPOKEN = (
    Language("en", "English", "English", locale="en_GB"),
    Language("ar", "العربية", "Arabic", "rtl"),
    Language("fa", "فارسی", "Farsi", "rtl"),
    Language("fr", "Français", "French", first="d'er' MMMM y"),
    Language("pt", "Português", "Portuguese", locale="pt_PT"),
    # Somalis in this country put the day first; the long form that Babel has is the American one.
    Language("so", "Soomaali", "Somali", dates="d MMMM y"),
    Language("es", "Español", "Spanish"),
)
LANGUAGES: Mapping[str, Language] = {each.code: each for each in _SPOKEN}


_NAMES = {name.casefold(): each.code for each in _SPOKEN for name in (each.english, each.name)}
_NAMES["persian"] = "fa"


def language_for(first_language: str) -> str:
    """The code of the first of our languages that a record's typed first language names, as in
    "Moroccan Arabic" or "Portuguese (Brazil)", else "en"."""
    typed = re.findall(r"\w+", first_language.casefold())
    return next((_NAMES[word] for word in typed if word in _NAMES), "en")
