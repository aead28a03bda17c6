"""Skip logic: which questions are asked after which answers."""

from hypothesis import given
from hypothesis import strategies as st

from caseapp.questionnaires.asked import Question, Questionnaire
from caseapp.questionnaires.rules import questions_to_ask
from caseapp.reference import code_list

CODES = sorted(code_list("survey_answer").by_code)
AGREED = frozenset({"agree", "strongly_agree"})


def ask(code: str, after: str = "", answers: frozenset[str] = AGREED) -> Question:
    text = {"en": code}
    return Question(code=code, words=text, easy=text, only_if=(after, answers) if after else None)


def asked_of(*questions: Question, **answers: str) -> list[str]:
    whole = Questionnaire(code="q", version=1, stage="exit", title="Q", questions=questions)
    return [each.code for each in questions_to_ask(whole, answers)]


def test_without_a_condition_each_is_asked_in_order() -> None:
    assert asked_of(ask("a"), ask("b"), ask("c")) == ["a", "b", "c"]


def test_a_question_waits_for_the_answers_that_it_is_asked_after() -> None:
    both = ask("a"), ask("b", "a")
    assert asked_of(*both) == ["a"]
    assert asked_of(*both, a="agree") == ["a", "b"]
    assert asked_of(*both, a="disagree") == ["a"]
    assert asked_of(*both, a="rather_not_say") == ["a"]


def test_what_hangs_on_a_question_that_is_no_longer_asked_is_not_asked_either() -> None:
    chain = ask("a"), ask("b", "a"), ask("c", "b")
    assert asked_of(*chain, a="agree", b="agree") == ["a", "b", "c"]
    assert asked_of(*chain, a="disagree", b="agree") == ["a"]


def test_a_condition_on_a_later_question_is_never_met() -> None:
    assert asked_of(ask("a", "b"), ask("b"), b="agree") == ["b"]


@st.composite
def questionnaires(draw: st.DrawFn) -> tuple[Question, ...]:
    codes = [f"q{number}" for number in range(draw(st.integers(1, 6)))]
    answers = st.frozensets(st.sampled_from(CODES), min_size=1)
    return tuple(
        ask(code, draw(st.sampled_from(["", *codes[:place]])), draw(answers))
        for place, code in enumerate(codes)
    )


@given(questionnaires(), st.data())
def test_answering_one_page_after_another_comes_to_an_end_and_skips_nothing_it_shows(
    questions: tuple[Question, ...], data: st.DataObject
) -> None:
    answers: dict[str, str] = {}
    for _ in questions:
        left = [code for code in asked_of(*questions, **answers) if code not in answers]
        if left:
            answers[left[0]] = data.draw(st.sampled_from(CODES))
    assert asked_of(*questions, **answers) == list(answers)
