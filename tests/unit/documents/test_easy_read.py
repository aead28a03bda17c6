"""What was typed becomes ideas, one a row: no word is lost or changed, and long ones are found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.documents.easy_read import LONGEST, ideas_of, too_long, words_in

# In all seven languages; also what the script of the plan's form must count alike.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "": (),
    " \n \n": (),
    "I go to my aunt. she has a key! Then I call": (
        "I go to my aunt.",
        "she has a key!",
        "Then I call",
    ),
    "One line\nanother line\r\nthird\u2028fourth": (
        "One line",
        "another line",
        "third",
        "fourth",
    ),
    "- Call mum.\n• Go out\n* Wait\n– Run": ("Call mum.", "Go out", "Wait", "Run"),
    "1. Call 999. 2. Run.": ("1. Call 999.", "2. Run."),
    "I ring 0808 2000 247. Then I wait.": ("I ring 0808 2000 247.", "Then I wait."),
    "At 9.30 I leave. It costs £3.50 or so.": ("At 9.30 I leave.", "It costs £3.50 or so."),
    "It opens at 9 a.m. Then I ring at 9 p.m. or later.": (
        "It opens at 9 a.m.",
        "Then I ring at 9 p.m. or later.",
    ),
    "I wait... then I go. Wait… what": ("I wait... then I go.", "Wait… what"),
    "Mr. Ray of St. Ann's Rd. near no. 5 knows Dr. J. Shah.": (
        "Mr. Ray of St. Ann's Rd. near no. 5 knows Dr. J. Shah.",
    ),
    "Say no. Then go. It was I. Yes": ("Say no.", "Then go.", "It was I.", "Yes"),
    '"Stop!" she says. He says "Go." Then I run.': (
        '"Stop!" she says.',
        'He says "Go."',
        "Then I run.",
    ),
    "Go               . Now": ("Go               .", "Now"),
    "What?! Go!!  😀": ("What?!", "Go!!  😀"),  # as it was typed, spaces too
    "😀": ("😀",),
    "Où vas-tu ? Je pars chez Mme. Noé !": ("Où vas-tu ?", "Je pars chez Mme. Noé !"),
    "¿Dónde? ¡Corre! La Sra. Ruiz ayuda.": ("¿Dónde?", "¡Corre!", "La Sra. Ruiz ayuda."),
    "Ligo à minha mãe. Não abro a porta.": ("Ligo à minha mãe.", "Não abro a porta."),
    "Waxaan wacaa booliska. Waan baxaa!": ("Waxaan wacaa booliska.", "Waan baxaa!"),
    "إلى أين أذهب؟ أتصل بالشرطة. ثم أنتظر.": ("إلى أين أذهب؟", "أتصل بالشرطة.", "ثم أنتظر."),
    "به خانه می‌روم. کجا بروم؟ صبر کن۔ برو": ("به خانه می‌روم.", "کجا بروم؟", "صبر کن۔", "برو"),
}


def letters(text: str) -> list[str]:
    return [sign for sign in text if sign.isalnum()]


@pytest.mark.parametrize("text", EXAMPLES)
def test_each_sentence_is_one_idea(text: str) -> None:
    assert ideas_of(text) == EXAMPLES[text]


typed = st.text(st.sampled_from("aB1é عم .!?؟۔…\"'”)-•\n\t,😀")) | st.text()


@given(typed)
def test_no_word_is_lost_or_changed_and_the_order_is_kept(text: str) -> None:
    ideas = ideas_of(text)
    assert letters("".join(ideas)) == letters(text)
    rest = text
    for idea in ideas:  # each stands in what was typed, one after the other
        assert idea in rest
        rest = rest[rest.index(idea) + len(idea) :]


@given(typed)
def test_an_idea_is_one_line_that_is_not_divided_again(text: str) -> None:
    for idea in ideas_of(text):
        assert idea == idea.strip() != ""
        assert len(idea.splitlines()) == 1


@given(st.lists(st.sampled_from(["word", "can't", "well-known", "999", "بيت"]), max_size=40))
def test_words_are_counted_between_spaces(words: list[str]) -> None:
    apart = [f"{word}," for word in words]  # two numbers side by side would be one
    assert words_in("  ".join(apart)) == len(words)


def test_a_telephone_number_is_one_word_and_a_lone_sign_none() -> None:
    assert words_in("Ring 0808 2000 247 – now & fast !") == 4


def test_only_sentences_of_more_than_15_words_are_too_long() -> None:
    fits = " ".join(["word"] * LONGEST) + "."
    longer = "One " + fits
    assert LONGEST == 15
    assert too_long(f"{fits} {longer}\n{fits}") == (longer,)


@pytest.mark.parametrize("sign", ["b. ", "!", "! ", ". ", "Mr. ", '."', "1", " ", "…", "- ", "a?"])
def test_a_very_long_answer_is_divided_without_delay(sign: str) -> None:
    # 10,000 words are allowed in one answer: work that grows with their square would hold the page.
    text = (sign * 60_000)[:60_000]
    assert letters("".join(ideas_of(text))) == letters(text)
