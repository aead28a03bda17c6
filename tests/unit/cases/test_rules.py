"""References and reviews."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseapp.cases.rules import (
    ALPHABET,
    REFERENCE_SHAPE,
    new_reference,
    normal_reference,
    review_due,
)

letters = st.text(ALPHABET, min_size=8, max_size=8)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


def test_a_reference_is_random_and_has_one_shape() -> None:
    made = {new_reference() for _ in range(500)}
    assert len(made) == 500
    assert all(REFERENCE_SHAPE.fullmatch(reference) for reference in made)


@given(letters, st.sampled_from(["", " ", "-", "  ", " - "]), st.booleans())
def test_a_reference_is_found_however_it_is_typed(
    text: str, gap: str, in_small_letters: bool
) -> None:
    typed = f" {text[:4]}{gap}{text[4:]} "
    typed = typed.lower() if in_small_letters else typed
    assert normal_reference(typed) == f"{text[:4]}-{text[4:]}"


def test_no_reference_spells_a_word_or_looks_like_another() -> None:
    assert set(ALPHABET).isdisjoint("AEIOU01")


@given(days, st.sampled_from(["standard", "medium", "high"]))
def test_high_risk_is_reviewed_after_four_weeks_and_the_rest_after_twelve(
    day: date, level: str
) -> None:
    assert review_due(level, day) - day == timedelta(weeks=4 if level == "high" else 12)
