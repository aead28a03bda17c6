"""What is whose and when it is due: pure, and right for every day."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from caseapp.caseloads.filters import WHEN, when_due
from caseapp.caseloads.open_cases import OpenCase
from caseapp.cases.contributions import Due
from caseapp.today import rules

DAY = date(2026, 11, 23)
ME, OTHER, GONE, TEAM = uuid4(), uuid4(), uuid4(), uuid4()
AT_WORK = {ME, OTHER}


def case_of(advocate_id: UUID | None, *dues: tuple[int, str], **given: object) -> OpenCase:
    """A case with something due so many days from DAY."""
    case_id = uuid4()
    found = tuple(
        Due(case_id=case_id, kind=kind, on=DAY + timedelta(days=days), **given)  # type: ignore[arg-type]
        for days, kind in dues
    )
    return OpenCase(
        id=case_id, team_id=TEAM, advocate_id=advocate_id, service="idva", risk_level="high",
        name="a", dues=found,
    )  # fmt: skip


def test_a_case_without_an_owner_of_its_own_is_due_to_its_advocate() -> None:
    mine, theirs = case_of(ME, (0, "case_review")), case_of(OTHER, (0, "case_review"))
    assert rules.dues_of([mine, theirs], rules.is_mine(ME, AT_WORK)) == list(mine.dues)


def test_a_task_in_a_colleagues_case_is_due_to_whom_it_was_given() -> None:
    covered = case_of(OTHER, (1, "task"), owner_id=ME)
    assert rules.dues_of([covered], rules.is_mine(ME, AT_WORK)) == list(covered.dues)
    assert rules.dues_of([covered], rules.is_mine(OTHER, AT_WORK)) == []


def test_what_was_given_to_somebody_who_left_is_due_to_whoever_has_the_case() -> None:
    case = case_of(ME, (-1, "task"), owner_id=GONE)
    assert rules.dues_of([case], rules.is_mine(ME, AT_WORK)) == list(case.dues)
    assert rules.dues_of([case], rules.is_mine(GONE, AT_WORK)) == []
    loads = {load.advocate_id: load.overdue for load in rules.workloads([case], DAY, (), AT_WORK)}
    assert loads == {ME: 1}


def test_what_was_given_to_a_manager_is_theirs_and_no_other_managers() -> None:
    case = case_of(ME, (1, "task"), owner_id=OTHER)
    assert rules.dues_of([case], rules.is_for_manager(OTHER)) == list(case.dues)
    assert rules.dues_of([case], rules.is_for_others(OTHER)) == []
    assert rules.dues_of([case], rules.is_for_manager(GONE)) == []
    assert rules.dues_of([case], rules.is_for_others(GONE)) == list(case.dues)


def test_what_a_manager_decides_is_no_work_of_the_advocate() -> None:
    case = case_of(ME, (-1, "closure_approval"), for_manager=True)
    assert rules.dues_of([case], rules.is_mine(ME, AT_WORK)) == []
    assert rules.dues_of([case], rules.is_for_others(OTHER)) == []
    assert rules.dues_of([case], rules.is_for_manager(OTHER)) == list(case.dues)
    (load,) = rules.workloads([case], DAY)
    assert load.overdue == 0


def test_each_day_falls_into_its_part() -> None:
    days = {-4000: "overdue", -1: "overdue", 0: "today", 1: "week", 7: "week", 8: "later"}
    for days_on, part in days.items():
        assert when_due(DAY + timedelta(days=days_on), DAY) == part


@given(st.lists(st.integers(-5000, 5000), max_size=60))
def test_every_due_is_in_one_part_and_the_soonest_comes_first(days: list[int]) -> None:
    case = case_of(ME, *((each, "task") for each in days))
    parts = rules.by_time(rules.dues_of([case], rules.is_mine(ME, AT_WORK)), DAY)
    assert list(parts) == list(WHEN)
    in_a_row = [due.on for part in parts.values() for due in part]
    assert in_a_row == sorted(in_a_row)
    assert len(in_a_row) == len(days)
    for part in rules.first_lines(parts):
        assert 0 < len(part.lines) <= rules.SHOWN_FIRST[part.when]
        assert part.total == len(parts[part.when])


def test_cases_of_nobody_and_of_somebody_who_left_are_counted_too() -> None:
    cases = [case_of(None), case_of(OTHER, (-3, "task")), case_of(OTHER)]
    loads = {load.advocate_id: load for load in rules.workloads(cases, DAY, advocates=[ME])}
    assert (loads[None].cases, loads[OTHER].cases, loads[ME].cases) == (1, 2, 0)
    assert loads[OTHER].overdue == 1
    assert loads[OTHER].by_risk == {"high": 2}


@given(st.integers(-3, 10**9), st.integers(0, 230))
def test_no_page_lies_beyond_the_last_one(page: int, lines: int) -> None:
    case = case_of(ME, *((0, "task") for _ in range(lines)))
    shown, number, pages = rules.page_of(case.dues, page, 50)
    assert 1 <= number <= pages
    assert bool(shown) is bool(lines)
