"""Which language a plan is offered in, after what somebody typed as the first language."""

import pytest

from caseapp.languages import LANGUAGES, Language, language_for


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Somali", "so"),
        (" arabic ", "ar"),
        ("العربية", "ar"),
        ("Moroccan Arabic", "ar"),
        ("Portuguese (Brazil)", "pt"),
        ("Farsi/Dari", "fa"),
        ("Persian", "fa"),
        ("Spanish, some English", "es"),
    ],
)
def test_a_person_is_offered_the_language_that_the_record_names(typed: str, code: str) -> None:
    assert language_for(typed) == code


@pytest.mark.parametrize("typed", ["", "Tigrinya", "Spanglish", "ar"])
def test_a_language_that_we_do_not_print_leads_to_english(typed: str) -> None:
    assert language_for(typed) == "en"


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_a_language_goes_by_its_own_name_and_by_its_english_one(language: Language) -> None:
    assert language_for(language.name) == language_for(language.english) == language.code
