"""What is kept of people holds for several of them, whichever people hypothesis sends."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from caseapp.surveys.anonymity import HIDDEN, classes, coarse_together, hidden
from caseapp.surveys.facts import Facts, wrong_facts
from caseapp.surveys.rules import NOT_SAID

SOME_FACTS = st.builds(
    Facts,
    questionnaire=st.sampled_from(["exit", "review"]),
    version=st.just(1),
    stage=st.sampled_from(["exit", "review"]),
    service=st.sampled_from(["", "idva", "youth_violence"]),
    theme=st.sampled_from([(), ("domestic_abuse",), ("domestic_abuse", "sexual_violence")]),
    justice_outcome=st.sampled_from([NOT_SAID, "yes", "no"]),
    sex=st.sampled_from([NOT_SAID, "female", "male"]),
    age_band=st.sampled_from([NOT_SAID, "under_25"]),
    ethnicity=st.sampled_from([NOT_SAID, "white", "black"]),
)
ENOUGH = 5  # promised in docs/victim-voice.md
PEOPLE = st.lists(SOME_FACTS, max_size=80)


def asked(facts: Facts) -> tuple[str, int, str]:
    return facts.questionnaire, facts.version, facts.stage


@given(PEOPLE)
def test_nothing_is_said_of_fewer_than_enough(people: list[Facts]) -> None:
    kept = coarse_together(people)
    for facts, number in Counter(kept).items():
        assert number >= ENOUGH or facts == hidden(facts)


@given(PEOPLE)
def test_whoever_stays_hidden_stays_with_enough_of_those_who_were_asked_the_same(
    people: list[Facts],
) -> None:
    asked_of = Counter(map(asked, people))
    for facts, number in Counter(coarse_together(people)).items():
        assert number >= min(ENOUGH, asked_of[asked(facts)])


@given(PEOPLE)
def test_what_is_kept_is_true_or_hidden(people: list[Facts]) -> None:
    for true, kept in zip(people, coarse_together(people), strict=True):
        assert asked(kept) == asked(true)
        for name, nothing in HIDDEN.items():
            assert getattr(kept, name) in (getattr(true, name), nothing)


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_in_which_people_came_changes_nothing(
    people: list[Facts], chance: object
) -> None:
    shuffled = list(people)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert classes(Counter(shuffled), ENOUGH) == classes(Counter(people), ENOUGH)


@given(SOME_FACTS)
def test_the_facts_that_are_tried_here_are_facts_that_a_code_may_hold(facts: Facts) -> None:
    assert list(wrong_facts(facts)) == []


def test_what_enough_share_is_kept() -> None:
    women = [Facts(questionnaire="exit", version=1, stage="exit", sex="female")] * ENOUGH
    men = [Facts(questionnaire="exit", version=1, stage="exit", sex="male")] * ENOUGH
    assert coarse_together([*women, *men]) == [*women, *men]
