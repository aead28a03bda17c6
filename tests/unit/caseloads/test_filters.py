"""Filters and orders: codes alone, and every case in one place of each order."""

from datetime import date, timedelta
from itertools import chain
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from caseapp.caseloads.filters import (
    ANY,
    NOBODY,
    REVERSED,
    SORTS,
    WHEN,
    Wanted,
    in_order,
    offered,
    read_wanted,
)
from caseapp.caseloads.open_cases import OpenCase
from caseapp.cases.contributions import Due

DAY = date(2026, 11, 23)
TEAM, WORKERS = uuid4(), [None, uuid4(), uuid4()]
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@st.composite
def cases(draw: st.DrawFn) -> OpenCase:
    case_id = uuid4()
    dues = [
        Due(case_id=case_id, kind=kind, on=on)
        for kind, on in draw(
            st.lists(st.tuples(st.sampled_from(["task", "plan_review"]), days), max_size=3)
        )
    ]
    return OpenCase(
        id=case_id,
        team_id=TEAM,
        advocate_id=draw(st.sampled_from(WORKERS)),
        service="idva",
        risk_level=draw(st.sampled_from(["high", "medium", "standard"])),
        name=draw(st.text(max_size=4)),
        themes=tuple(draw(st.sets(st.sampled_from(["domestic_abuse", "youth_violence"])))),
        opened_on=draw(days),
        next_review_on=draw(st.none() | days),
        contact_on=draw(st.none() | days),
        needs=tuple(draw(st.sets(st.sampled_from(["slcn", "disability"])))),
        dues=tuple(dues),
        gaps=tuple(draw(st.sets(st.sampled_from(["no_plan", "ward"])))),
    )


@given(st.lists(cases(), max_size=30), st.sampled_from(list(SORTS)), st.booleans())
def test_every_order_holds_every_case_once_and_backwards_is_the_same_turned_round(
    known: list[OpenCase], sort: str, turned: bool
) -> None:
    ids = in_order(known, Wanted(sort=sort), DAY)
    assert sorted(ids) == sorted(case.id for case in known)
    assert in_order(reversed(known), Wanted(sort=sort, order=REVERSED), DAY) == ids[::-1]


@given(st.lists(cases(), max_size=30))
def test_the_answers_to_a_question_share_the_cases_among_them(known: list[OpenCase]) -> None:
    everything = sorted(case.id for case in known)
    parts = [in_order(known, Wanted(risk=code), DAY) for code in offered("risk")]
    assert sorted(chain.from_iterable(parts)) == everything
    workers = [NOBODY if worker is None else str(worker) for worker in WORKERS]
    parts = [in_order(known, Wanted(advocate=worker), DAY) for worker in workers]
    assert sorted(chain.from_iterable(parts)) == everything


@given(st.lists(cases(), max_size=30), st.sampled_from(list(WHEN)))
def test_what_and_when_have_to_fit_the_same_thing_to_do(known: list[OpenCase], when: str) -> None:
    both = set(in_order(known, Wanted(due="task", when=when), DAY))
    assert both <= set(in_order(known, Wanted(when=when), DAY))
    by_id = {case.id: case for case in known}
    for case_id in both:
        assert any(due.kind == "task" for due in by_id[case_id].dues)


def test_a_task_that_is_late_and_a_review_that_is_not_are_no_late_review() -> None:
    case_id = uuid4()
    dues = (
        Due(case_id=case_id, kind="task", on=DAY - timedelta(days=1)),
        Due(case_id=case_id, kind="plan_review", on=DAY + timedelta(days=1)),
    )
    case = OpenCase(
        id=case_id, team_id=TEAM, advocate_id=None, service="idva", risk_level="high", name="a",
        dues=dues, gaps=("no_plan",),
    )  # fmt: skip
    assert in_order([case], Wanted(due="plan_review", when="overdue"), DAY) == []
    assert in_order([case], Wanted(due="task", when="overdue"), DAY) == [case_id]
    assert in_order([case], Wanted(gap=ANY), DAY) == [case_id]
    assert in_order([case], Wanted(gap="ward"), DAY) == []


@given(st.dictionaries(st.sampled_from([*Wanted.__dataclass_fields__, "page"]), st.text()))
def test_what_nobody_knows_is_left_out_and_named_by_its_question(given_: dict[str, str]) -> None:
    wanted, strange = read_wanted(given_)
    for name, code in given_.items():
        if code and name != "page":
            assert (name in strange) is not (getattr(wanted, name) == code)
    assert read_wanted(wanted.codes) == (wanted, ())


def test_an_address_of_capital_letters_or_another_shape_is_no_advocate() -> None:
    worker = str(uuid4())
    assert read_wanted({"advocate": worker})[1] == ()
    for strange in (worker.upper() + "0", "{" + worker + "}", worker.replace("-", ""), "me"):
        assert read_wanted({"advocate": strange})[1] == ("advocate",)
