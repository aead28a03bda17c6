"""Our phrases in another language: what is said, how far it can be relied on, and days in words."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from caseapp.languages import (
    LANGUAGES,
    Catalogue,
    State,
    catalogue,
    catalogues,
    insist_on_every_language,
)
from caseapp.languages.speaker_reviews import counted, speaker_review_of
from caseapp.languages.translations import FOLDER, read_translations
from config import SettingsError

Reader = Callable[..., Catalogue]

DAY = "We made this plan on {day}."


@pytest.fixture
def french(tmp_path: Path) -> Reader:
    """Reads a French file with the entries that a test writes."""

    def read(*entries: str) -> Catalogue:
        path = tmp_path / "fr.po"
        path.write_text("\n\n".join(entries), encoding="utf-8")
        return Catalogue(LANGUAGES["fr"], read_translations(path))

    return read


def entry(english: str, french: str, *above: str) -> str:
    return "\n".join([*above, f'msgid "{english}"', f'msgstr "{french}"'])


def test_a_phrase_is_said_in_the_language_of_the_reader() -> None:
    assert catalogue("es").phrase("My plan") == "Mi plan"
    assert catalogue("en").phrase("My plan") == "My plan"


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_a_phrase_that_nobody_translated_stays_english_and_counts_as_missing(code: str) -> None:
    unknown = "A heading that one team made up"
    assert catalogue(code).phrase(unknown) == unknown
    assert catalogue(code).state(unknown) is State.MISSING


def test_an_empty_translation_stays_english_and_counts_as_missing(french: Reader) -> None:
    words = french(entry("My plan", "", "# reviewed by Marie Diallo, 2026-03-07"))
    assert words.phrase("My plan") == "My plan"
    assert words.state("My plan") is State.MISSING
    assert words.reviewed_by("My plan") == ""


def test_a_fuzzy_translation_is_a_draft_whoever_is_named(french: Reader) -> None:
    words = french(
        entry("My plan", "Mon plan", "# reviewed by Marie Diallo, 2026-03-07", "#, fuzzy")
    )
    assert words.phrase("My plan") == "Mon plan"
    assert words.state("My plan") is State.DRAFT
    assert words.reviewed_by("My plan") == ""


@pytest.mark.parametrize(
    "said", ["# looks good", "# reviewed by , 2026-03-07", "# reviewed by Marie", "#. reviewed"]
)
def test_a_translation_is_a_draft_until_a_name_and_a_day_stand_by_it(
    french: Reader, said: str
) -> None:
    assert french(entry("My plan", "Mon plan", said)).state("My plan") is State.DRAFT


def test_a_reviewed_translation_says_who_checked_it_and_when(french: Reader) -> None:
    words = french(entry("My plan", "Mon plan", "# reviewed by Marie Diallo, 2026-03-07"))
    assert words.state("My plan") is State.REVIEWED
    assert words.reviewed_by("My plan") == "Marie Diallo, 2026-03-07"


@pytest.mark.parametrize("lost", ["Nous avons fait ce plan.", "Fait le {jour}.", "{day} {day}"])
def test_a_translation_that_lost_its_date_is_not_used(french: Reader, lost: str) -> None:
    words = french(entry(DAY, lost, "# reviewed by Marie Diallo, 2026-03-07"))
    assert words.phrase(DAY) == DAY
    assert words.state(DAY) is State.MISSING


def test_a_file_that_cannot_be_read_whole_is_refused(french: Reader) -> None:
    with pytest.raises(PoFileError):
        french("<<<<<<< ours\n" + entry("My plan", "Mon plan"))


def test_english_needs_no_review() -> None:
    assert catalogue("en").state("Anything at all") is State.REVIEWED
    assert speaker_review_of("en").is_reviewed
    assert speaker_review_of("en").sentence == "Reviewed by a speaker"


def test_a_review_counts_what_is_checked_what_is_a_draft_and_what_is_missing(
    french: Reader,
) -> None:
    checked = entry("My plan", "Mon plan", "# reviewed by Marie Diallo, 2026-03-07")
    review = counted(french(checked, entry("Children", "Les enfants"), entry("Ways out", "")))
    assert (review.reviewed, review.draft, review.missing) == (1, 1, 1)
    assert not review.is_reviewed
    assert review.sentence == "Draft, 1 of 3 phrases reviewed by a speaker"


def test_a_language_is_reviewed_only_when_every_phrase_is(french: Reader) -> None:
    checked = entry("My plan", "Mon plan", "# reviewed by Marie Diallo, 2026-03-07")
    assert counted(french(checked)).is_reviewed
    assert not counted(french(checked, entry("Children", "Les enfants"))).is_reviewed


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_language_claims_a_review_without_the_name_of_a_speaker(code: str) -> None:
    words = catalogue(code)
    named = [english for english in words.translations if words.reviewed_by(english)]
    assert speaker_review_of(code).reviewed == len(named)


def test_a_language_that_we_do_not_print_is_an_error() -> None:
    with pytest.raises(KeyError):
        catalogue("xx")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "7 March 2026"),
        ("ar", "7 مارس 2026"),
        ("fa", "7 مارس 2026"),
        ("fr", "7 mars 2026"),
        ("pt", "7 de março de 2026"),
        ("so", "7 Maarso 2026"),
        ("es", "7 de marzo de 2026"),
    ],
)
def test_a_day_is_written_as_a_speaker_would_and_a_worker_can_check(code: str, words: str) -> None:
    assert catalogue(code).in_words(date(2026, 3, 7)) == words


def test_the_first_of_a_month_is_an_ordinal_in_french_alone() -> None:
    assert catalogue("fr").in_words(date(2026, 8, 1)) == "1er août 2026"
    assert catalogue("es").in_words(date(2026, 8, 1)) == "1 de agosto de 2026"


@pytest.mark.parametrize("damaged", [None, b"\xff\xfe\x00", b'msgid "My plan'])
def test_a_language_that_cannot_be_read_is_said_in_plain_words_before_anything_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: bytes | None
) -> None:
    insist_on_every_language()
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "so.po").unlink()
    if damaged:
        (tmp_path / "so.po").write_bytes(damaged)
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    catalogue.cache_clear()
    try:
        with pytest.raises(SettingsError, match="The phrases in Somali cannot be read"):
            insist_on_every_language()
    finally:
        catalogue.cache_clear()
