"""How a question is said where its translation is checked, a draft, or missing."""

from hypothesis import given
from hypothesis import strategies as st

from caseapp.languages import LANGUAGES, State
from caseapp.questionnaires.asked import Wording

WORDS, EASY = {"en": "I was listened to."}, {"en": "People listened."}


def test_what_is_not_translated_is_said_in_english_and_marked_so() -> None:
    said = Wording(words=WORDS, easy=EASY).in_language("ar", easy=True)
    assert (said.text, said.lang, said.dir) == ("People listened.", "en", "ltr")
    assert said.state is State.MISSING


def test_a_translation_is_a_draft_until_somebody_is_named() -> None:
    words, easy = {**WORDS, "ar": "نعم"}, {**EASY, "ar": "نعم"}
    said = Wording(words=words, easy=easy).in_language("ar")
    assert (said.text, said.lang, said.dir, said.state) == ("نعم", "ar", "rtl", State.DRAFT)
    checked = Wording(words=words, easy=easy, reviewed_by={"ar": "Huda, 2026-05-20"})
    assert checked.in_language("ar", easy=True).state is State.REVIEWED
    assert checked.in_language("ar").reviewed_by == "Huda, 2026-05-20"


def test_easy_read_without_easy_words_stays_in_the_language() -> None:
    words = {**WORDS, "fr": "On m’a écouté."}
    said = Wording(words=words, easy=EASY).in_language("fr", easy=True)
    assert (said.text, said.lang) == ("On m’a écouté.", "fr")


def test_english_counts_as_checked() -> None:
    assert Wording(words=WORDS, easy=EASY).in_language("en").state is State.REVIEWED


texts = st.dictionaries(st.sampled_from(list(LANGUAGES)), st.text(max_size=5))


@given(texts, texts, st.sampled_from(list(LANGUAGES)), st.booleans())
def test_there_is_always_something_to_read_in_the_language_that_it_says(
    words: dict[str, str], easy: dict[str, str], code: str, is_easy: bool
) -> None:
    wording = Wording(words={**words, "en": "Yes."}, easy=easy)
    said = wording.in_language(code, is_easy)
    assert said.text
    assert said.text in {wording.words.get(said.lang), wording.easy.get(said.lang)}
    assert said.dir == LANGUAGES[said.lang].direction
    assert (said.state is State.MISSING) == (said.lang != code)
