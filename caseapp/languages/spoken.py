"""The seven languages of the strategy, and which of them somebody's first language is."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`code`: BCP 47; `name`: as its speakers write it; `direction`: ltr or rtl."""

    code: str
    name: str
    english: str
    direction: str = "ltr"


_SPOKEN = (
    Language("en", "English", "English"),
    Language("ar", "العربية", "Arabic", "rtl"),
    Language("fa", "فارسی", "Farsi", "rtl"),
    Language("fr", "Français", "French"),
    Language("pt", "Português", "Portuguese"),
    Language("so", "Soomaali", "Somali"),
    Language("es", "Español", "Spanish"),
)
LANGUAGES: Mapping[str, Language] = {each.code: each for each in _SPOKEN}


def language_for(first_language: str) -> str:
    """The code of the language that a record's typed first language names, else "en"."""
    typed = first_language.strip().casefold()
    found = (
        each.code for each in _SPOKEN if typed in {each.english.casefold(), each.name.casefold()}
    )
    return next(found, "en")
