"""How far an action is on a day, and each action counted once."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from caseapp.reference import code_list
from caseapp.strategy.models import ActionHead
from caseapp.strategy.rules import (
    COMPLETE,
    STOPPED,
    PlanProgress,
    count_progress,
    is_overdue,
    state_of,
)
from tests.unit.strategy.plans import TODAY, make_head, make_step

STATES = [entry.code for entry in code_list("action_state").entries]
DAYS = st.integers(-60, 60).map(lambda n: TODAY + timedelta(n))
STEPS = st.builds(make_step, st.sampled_from(STATES), DAYS, st.integers(0, 23))
HEADS = st.builds(
    lambda due, steps, added: make_head("x", due, *steps, added_on=added),
    DAYS,
    st.lists(STEPS, max_size=4),
    DAYS,
)


def test_what_happened_last_counts_whenever_it_was_written() -> None:
    late, early = make_step("complete", date(2026, 5, 10)), make_step("delayed", date(2026, 5, 2))
    assert state_of(make_head("x", TODAY, late, early), TODAY) == "complete"


def test_of_one_day_the_step_that_was_written_last_counts() -> None:
    head = make_head("x", TODAY, make_step("complete", hour=8), make_step("delayed", hour=15))
    assert state_of(head, TODAY) == "delayed"


def test_what_happens_later_does_not_count_yet() -> None:
    head = make_head("x", TODAY, make_step("complete", TODAY + timedelta(1)))
    assert state_of(head, TODAY) == "not_started"


def test_an_action_is_overdue_from_the_day_after_it_was_due() -> None:
    head = make_head("x", TODAY, make_step("on_track"))
    assert not is_overdue(head, TODAY)
    assert is_overdue(head, TODAY + timedelta(1))


def test_what_is_complete_or_no_longer_planned_is_never_overdue() -> None:
    for state in (COMPLETE, STOPPED):
        assert not is_overdue(make_head("x", date(2026, 1, 1), make_step(state)), TODAY)


def test_an_overdue_action_is_counted_as_nothing_else() -> None:
    yesterday, tomorrow = TODAY - timedelta(1), TODAY + timedelta(1)
    heads = [
        make_head("a", yesterday, make_step("on_track")),
        make_head("b", tomorrow, make_step("on_track")),
        make_head("c", tomorrow, make_step("delayed")),
        make_head("d", yesterday, make_step("complete")),
        make_head("e", tomorrow),
        make_head("f", yesterday, make_step("stopped")),
        make_head("g", tomorrow, added_on=tomorrow),
    ]
    assert count_progress(heads, TODAY) == PlanProgress(
        not_started=1, on_track=1, delayed=1, complete=1, overdue=1
    )


@given(st.lists(HEADS, max_size=8), DAYS)
def test_every_action_of_the_plan_is_counted_exactly_once(
    heads: list[ActionHead], day: date
) -> None:
    planned = [each for each in heads if each.added_on <= day and state_of(each, day) != STOPPED]
    assert count_progress(heads, day).total == len(planned)
