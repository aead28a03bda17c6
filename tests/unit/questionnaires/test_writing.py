"""What a questionnaire may not become while it is written, and what happens to its translations."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.questionnaires.asked import Question
from caseapp.questionnaires.models import LONGEST_CODE
from caseapp.questionnaires.spoken_in import spoken_in
from caseapp.questionnaires.writing import (
    MOST_OPEN,
    MOST_QUESTIONS,
    CannotBeAsked,
    code_for,
    moved_up,
    translated,
    with_question,
    without,
)

DAY = date(2026, 5, 20)


def ask(code: str, *, words: str = "Yes.", kind: str = "scale", after: str = "") -> Question:
    return Question(
        code=code,
        kind=kind,  # type: ignore[arg-type]
        words={"en": words},
        easy={"en": words},
        only_if=(after, frozenset({"agree"})) if after else None,
    )


def codes(questions: tuple[Question, ...]) -> str:
    return "".join(each.code for each in questions)


def test_a_question_moves_up_and_the_first_stays_first() -> None:
    three = ask("a"), ask("b"), ask("c")
    assert codes(moved_up(three, "c")) == "acb"
    assert codes(moved_up(three, "a")) == "abc"


def test_a_question_does_not_move_before_the_one_that_it_hangs_on() -> None:
    with pytest.raises(CannotBeAsked, match="has to stand before it"):
        moved_up((ask("a"), ask("b", after="a")), "b")


def test_a_question_that_another_hangs_on_is_not_removed() -> None:
    both = ask("a"), ask("b", after="a")
    with pytest.raises(CannotBeAsked, match="has to stand before it"):
        without(both, "a")
    assert codes(without(both, "b")) == "a"


def test_a_question_does_not_hang_on_one_that_is_answered_in_own_words() -> None:
    with pytest.raises(CannotBeAsked, match="answers to choose from"):
        with_question((ask("a", kind="open"),), ask("b", after="a"))
    with pytest.raises(CannotBeAsked, match="answers to choose from"):
        with_question((ask("a"), ask("b", after="a")), ask("a", kind="open"), instead_of="a")


def test_nothing_is_asked_twice() -> None:
    with pytest.raises(CannotBeAsked, match="asked already"):
        with_question((ask("a"),), ask("a"))
    with pytest.raises(CannotBeAsked, match="asked already"):
        with_question((ask("a"), ask("b")), ask("a"), instead_of="b")


def test_a_questionnaire_stays_short_enough_to_be_answered() -> None:
    many = tuple(ask(f"q{number}") for number in range(MOST_QUESTIONS))
    with pytest.raises(CannotBeAsked, match="at most 20 questions"):
        with_question(many, ask("one_more"))
    opened = tuple(ask(f"q{number}", kind="open") for number in range(MOST_OPEN))
    with pytest.raises(CannotBeAsked, match="own words"):
        with_question(opened, ask("one_more", kind="open"))


def test_new_english_keeps_the_translations_as_drafts() -> None:
    french = translated((ask("a"),), "fr", {"a": ("Oui.", "Oui.")}, "Marie", DAY)
    same = with_question(french, ask("a"), instead_of="a")
    assert same[0].reviewed_by == {"fr": "Marie, 2026-05-20"}
    other = with_question(french, ask("a", words="No."), instead_of="a")
    assert other[0].words == {"en": "No.", "fr": "Oui."}
    assert other[0].reviewed_by == {}


def test_a_translation_that_is_taken_away_takes_its_reviewer_with_it() -> None:
    french = translated((ask("a"),), "fr", {"a": ("Oui.", "Oui.")}, "Marie", DAY)
    gone = translated(french, "fr", {"a": ("", "")}, "Marie", DAY)
    assert gone == (ask("a"),)


def test_naming_a_reviewer_counts_for_what_is_translated_alone() -> None:
    pairs = {"a": ("Oui.", "Oui."), "b": ("", "")}
    spoken = translated((ask("a"), ask("b")), "fr", pairs, "Marie", DAY)
    assert [each.reviewed_by for each in spoken] == [{"fr": "Marie, 2026-05-20"}, {}]


def test_saving_again_without_a_name_keeps_who_checked_what_stays() -> None:
    pairs = {"a": ("Oui.", "Oui."), "b": ("Non.", "Non.")}
    checked = translated((ask("a"), ask("b")), "fr", pairs, "Marie", DAY)
    again = translated(checked, "fr", {**pairs, "b": ("Non.", "Non !")}, "", DAY)
    assert [bool(each.reviewed_by) for each in again] == [True, False]


def test_a_language_is_as_good_as_its_worst_question() -> None:
    def french(*pairs: tuple[str, str], reviewer: str = "") -> str:
        questions = tuple(ask(f"q{number}") for number in range(len(pairs)))
        said = {f"q{number}": pair for number, pair in enumerate(pairs)}
        spoken = spoken_in(translated(questions, "fr", said, reviewer, DAY))
        return next(each.in_words for each in spoken if each.language.code == "fr")

    yes, none = ("Oui.", "Oui."), ("", "")
    assert french(none) == "Not translated"
    assert french(yes, none, reviewer="Marie") == "1 of 2 not translated"
    assert french(yes, yes) == "Draft"
    assert french(yes, yes, reviewer="Marie") == "Reviewed"


@pytest.mark.parametrize(
    ("title", "taken", "code"),
    [
        ("Young people at school", set(), "young_people_at_school"),
        ("Young people", {"young_people"}, "young_people_2"),
        ("Élèves & amis", set(), "eleves_amis"),
        ("الشباب", set(), "questionnaire"),
        ("new", {"new"}, "new_2"),
    ],
)
def test_a_code_is_made_of_the_title(title: str, taken: set[str], code: str) -> None:
    assert code_for(title, taken) == code


@given(st.text(max_size=80), st.integers(0, 30))
def test_a_code_is_short_new_and_fit_for_an_address(title: str, many: int) -> None:
    taken: set[str] = set()
    for _ in range(many):
        taken.add(code_for(title, taken))
    code = code_for(title, taken)
    assert code not in taken
    assert 0 < len(code) <= LONGEST_CODE
    assert code.replace("_", "").isalnum()
    assert code == code.lower()
    assert code.isascii()
