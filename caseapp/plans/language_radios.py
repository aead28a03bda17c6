"""Choosing the language of our own phrases, each with how far its translation can be relied on."""

from caseapp.languages import LANGUAGES, Language, speaker_review_of
from caseapp.web.choice_fields import Choice, Option


class LanguageRadios(Choice):
    """The languages that we print."""

    macro = "radios"

    def offered(self) -> list[Option]:
        return [_option(language) for language in LANGUAGES.values()]


def _option(language: Language) -> Option:
    if language.code == "en":
        return Option(language.code, language.name)
    label = f"{language.name} ({language.english})"
    return Option(language.code, label, speaker_review_of(language.code).sentence)
