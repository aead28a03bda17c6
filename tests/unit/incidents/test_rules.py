"""What of an outcome is missing or cannot be, and which rights count by now."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.incidents.models import IncidentBody, IncidentHead, OutcomeStep, RightStep
from caseapp.incidents.rules import (
    carried_over,
    corrected_steps,
    has_outcome,
    is_detection,
    newest_standings,
    outcome_is_missing,
    outcome_is_untold,
    rights_due,
    rights_missing,
    why_conviction_is_wrong,
    why_outcome_is_wrong,
    why_telling_is_wrong,
)
from caseapp.reference import code_list

DAY, SOMEBODY = date(2026, 5, 18), UUID(int=1)
AT = datetime(2026, 5, 20, 9, tzinfo=UTC)
RIGHTS = [entry.code for entry in code_list("victims_code_right").entries]
OUTCOMES = [entry.code for entry in code_list("criminal_justice_outcome").entries]
REASONS = [entry.code for entry in code_list("no_outcome_reason").entries]

reported = st.sampled_from([True, False, None])
outcomes = st.sampled_from(["", *OUTCOMES])
heads = st.builds(
    IncidentHead,
    happened_on=st.just(DAY),
    offence=st.just("personal_robbery"),
    reported_to_police=reported,
    outcome=outcomes,
)
bodies = st.builds(
    IncidentBody,
    no_outcome_reasons=st.lists(st.sampled_from(REASONS), max_size=3).map(tuple),
    victim_told=reported,
)


def right(code: str, standing: str = "met", on: date = DAY) -> RightStep:
    return RightStep(sent_with=SOMEBODY, right=code, standing=standing, on=on, at=AT, by=SOMEBODY)


def step(**facts: object) -> OutcomeStep:
    return OutcomeStep(id=SOMEBODY, at=AT, by=SOMEBODY, **facts)  # type: ignore[arg-type]


steps = st.builds(
    OutcomeStep,
    id=st.just(SOMEBODY),
    at=st.just(AT),
    by=st.just(SOMEBODY),
    outcome=outcomes,
    outcome_on=st.none() | st.just(DAY),
    no_outcome_reasons=st.lists(st.sampled_from(REASONS), max_size=3).map(tuple),
    victim_told=reported,
    victim_told_on=st.none() | st.just(DAY),
    convicted_on=st.none() | st.just(DAY),
)


@given(heads, bodies)
def test_an_outcome_is_missing_only_where_it_was_reported_and_nothing_explains_it(
    head: IncidentHead, body: IncidentBody
) -> None:
    if outcome_is_missing(head, body):
        assert head.reported_to_police is True
        assert head.outcome in {"", "0"}
        assert body.no_outcome_reasons == ()
    elif head.reported_to_police and not body.no_outcome_reasons:
        assert has_outcome(head.outcome)


@given(heads, bodies)
def test_nobody_is_called_untold_who_was_told_or_has_nothing_to_be_told(
    head: IncidentHead, body: IncidentBody
) -> None:
    untold = outcome_is_untold(head, body, {})
    assert untold == (has_outcome(head.outcome) and body.victim_told is not True)


@given(heads, bodies, st.sampled_from(["offered", "met", "not_met", "not_wanted"]))
def test_who_does_not_want_to_hear_the_outcome_is_not_called_untold(
    head: IncidentHead, body: IncidentBody, standing: str
) -> None:
    rights = newest_standings([right("outcome_news", standing)])
    without = outcome_is_untold(head, body, {})
    assert outcome_is_untold(head, body, rights) == (without and standing != "not_wanted")


@given(heads, bodies)
def test_an_incident_never_lacks_both_the_outcome_and_the_telling_of_it(
    head: IncidentHead, body: IncidentBody
) -> None:
    assert not (outcome_is_missing(head, body) and outcome_is_untold(head, body, {}))


def test_a_detection_is_known_by_its_code_and_an_unknown_code_is_none() -> None:
    assert [code for code in OUTCOMES if is_detection(code)] == ["1", "2", "3", "4", "6", "7"]
    assert not is_detection("")
    assert not is_detection("99")


@given(st.lists(st.builds(right, st.sampled_from(RIGHTS), st.sampled_from(["met", "not_met"]))))
def test_the_last_step_of_a_right_is_where_it_stands(steps: list[RightStep]) -> None:
    for code, newest in newest_standings(steps).items():
        assert newest is [each for each in steps if each.right == code][-1]


@given(heads, st.lists(st.builds(right, st.sampled_from(RIGHTS))))
def test_a_right_is_missing_until_something_is_recorded_of_it(
    head: IncidentHead, steps: list[RightStep]
) -> None:
    missing, due = rights_missing(head, steps), rights_due(head)
    recorded = {each.right for each in steps}
    assert set(missing) == set(due) - recorded
    assert list(missing) == [code for code in RIGHTS if code in missing]


def test_rights_count_from_the_report_the_outcome_and_the_charge_on() -> None:
    def due(**facts: object) -> set[str]:
        head = IncidentHead(happened_on=DAY, offence="other", **facts)  # type: ignore[arg-type]
        return set(rights_due(head))

    start, report = due(), due(reported_to_police=True)
    decided, charged = (due(reported_to_police=True, outcome=code) for code in ("18", "1"))
    assert start == set(rights_due(None)) == {"understand", "support", "compensation", "complain"}
    assert start < report < decided < charged
    assert decided - report == {"outcome_news"}
    assert "offender_news" not in charged
    convicted = due(reported_to_police=True, outcome="1", convicted_on=DAY)
    assert convicted - charged == {"offender_news"}
    assert due(outcome="1") == start


def test_there_are_twelve_rights_with_their_numbers() -> None:
    numbers = [entry.attributes["number"] for entry in code_list("victims_code_right").entries]
    assert numbers == [str(number) for number in range(1, 13)]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"outcome": "1", "outcome_on": date(2026, 5, 17)}, "outcome_on"),
        ({"outcome": "18", "reported": False}, "outcome"),
        ({"outcome": "1", "reasons": ("evidence",)}, "no_outcome_reasons"),
        ({"reasons": ("not_reported",), "reported": True}, "no_outcome_reasons"),
        ({"outcome": "18", "reasons": ("no_suspect", "delay"), "reported": True}, None),
        ({"reasons": ("not_reported", "distrust_of_police"), "reported": False}, None),
        ({"outcome": "1", "outcome_on": DAY, "reported": None}, None),
        ({}, None),
    ],
)
def test_an_outcome_that_cannot_be_is_told_beside_its_question(
    answers: dict[str, object], field: str | None
) -> None:
    facts = {
        "happened_on": DAY, "reported": None, "outcome": "", "outcome_on": None, "reasons": (),
    }  # fmt: skip
    problem = why_outcome_is_wrong(**{**facts, **answers})  # type: ignore[arg-type]
    assert (problem[0] if problem else None) == field


@pytest.mark.parametrize(
    ("outcome", "outcome_on", "convicted_on", "field"),
    [
        ("18", None, DAY, "outcome"),
        ("", None, DAY, "outcome"),
        ("1", None, date(2026, 5, 17), "convicted_on"),
        ("1", date(2026, 5, 19), DAY, "convicted_on"),
        ("1", DAY, DAY, None),
        ("1", None, DAY, None),
        ("18", DAY, None, None),
    ],
)
def test_a_conviction_follows_a_charge_and_comes_after_it(
    outcome: str, outcome_on: date | None, convicted_on: date | None, field: str | None
) -> None:
    answer = step(outcome=outcome, outcome_on=outcome_on, convicted_on=convicted_on)
    problem = why_conviction_is_wrong(answer, DAY)
    assert (problem[0] if problem else None) == field


@pytest.mark.parametrize(
    ("told", "told_on", "field"),
    [
        (False, DAY, "victim_told"),
        (None, DAY, "victim_told"),
        (True, date(2026, 5, 17), "victim_told_on"),
        (True, DAY, None),
        (True, None, None),
        (None, None, None),
    ],
)
def test_telling_has_a_day_only_where_somebody_was_told_and_after_it_happened(
    told: bool | None, told_on: date | None, field: str | None
) -> None:
    problem = why_telling_is_wrong(told, told_on, DAY)
    assert (problem[0] if problem else None) == field


def test_a_correction_marks_the_step_right_before_it() -> None:
    steps = [step(), step(), step(corrects_last=True), step(), step(corrects_last=True)]
    assert corrected_steps(steps) == {1, 3}
    assert corrected_steps([]) == frozenset()


@given(steps, steps)
def test_only_what_is_answered_changes(before: OutcomeStep, answer: OutcomeStep) -> None:
    newest = carried_over([before], answer)
    assert newest.outcome == (answer.outcome or before.outcome)
    assert newest.no_outcome_reasons == answer.no_outcome_reasons or not answer.no_outcome_reasons
    assert carried_over([before], newest) == newest
    if newest.outcome == before.outcome:
        assert newest.outcome_on == (answer.outcome_on or before.outcome_on)
        assert newest.convicted_on == (answer.convicted_on or before.convicted_on)
        assert newest.victim_told is (
            before.victim_told if answer.victim_told is None else answer.victim_told
        )


@given(steps, steps)
def test_what_was_told_of_one_outcome_is_not_told_of_another(
    before: OutcomeStep, answer: OutcomeStep
) -> None:
    newest = carried_over([before], answer)
    if newest.outcome != before.outcome:
        assert (newest.outcome_on, newest.victim_told) == (answer.outcome_on, answer.victim_told)
        assert newest.convicted_on == answer.convicted_on


@given(steps)
def test_an_empty_answer_changes_nothing(before: OutcomeStep) -> None:
    if not (is_detection(before.outcome) and before.no_outcome_reasons):
        assert carried_over([before], step()) == before


def test_a_correction_goes_back_to_what_stood_before_the_mistake() -> None:
    charged = step(outcome="1", outcome_on=DAY)
    wrong = carried_over([charged], step(victim_told=True, victim_told_on=DAY))
    mended = carried_over([charged, wrong], step(victim_told=False, corrects_last=True))
    assert (mended.outcome, mended.victim_told, mended.victim_told_on) == ("1", False, None)
    again = carried_over([charged, wrong, mended], step(outcome="18", corrects_last=True))
    assert (again.outcome, again.victim_told) == ("18", None)
    first = carried_over([charged], step(outcome="0", corrects_last=True))
    assert (first.outcome, first.outcome_on) == ("0", None)
