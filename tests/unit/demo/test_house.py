"""What is told of the whole borough lies in the home: answers, entered figures, the action plan."""

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec import to_builtins
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.database import db, read_snapshot
from caseapp.demo.action_plan import ACTIONS, invent_actions
from caseapp.demo.answers import in_batches
from caseapp.demo.entered import IN_FIRST_YEAR, invent_figures
from caseapp.demo.fill import fill_home
from caseapp.demo.period import Period, period_of
from caseapp.figures.catalogue import figure_specs
from caseapp.figures.queries import figures_for
from caseapp.figures.typed_figures import read_value
from caseapp.reference import code_list
from caseapp.strategy.queries import objectives, progress_of_plan
from caseapp.surveys.models import SurveyBatch
from caseapp.surveys.queries import responses
from caseapp.surveys.responses import Response
from tests.homes import new_settings, running_app
from tests.unit.demo.conftest import Told, new_demo, quiet

PERIOD = Period(date(2025, 10, 1), date(2026, 11, 22))
ONE = Response(stage="exit", service="idva", theme=("domestic_abuse",))


def of_kind(lines: Told, kind: str) -> list[dict[str, Any]]:
    return [
        {k: v for k, v in line.items() if k != "kind"} for line in lines if line["kind"] == kind
    ]


def test_every_answer_that_was_told_is_in_the_home_in_its_month(lines: Told) -> None:
    told: dict[str, list[str]] = defaultdict(list)
    for line in of_kind(lines, "survey_response"):
        told[line.pop("month")].append(repr(sorted(line.items())))
    assert sum(map(len, told.values())) > 50
    with read_snapshot() as session:
        for month, said in told.items():
            kept = [to_builtins(each) for each in responses(session, month, month)]
            kept_in_words = [repr(sorted(_lists(each).items())) for each in kept]
            assert Counter(kept_in_words) == Counter(said)
        everything = responses(session, "2000-01", "2100-01")
    assert len(everything) == sum(map(len, told.values()))


def _lists(said: Any) -> Any:
    """As JSON gives it back."""
    if isinstance(said, dict):
        return {key: _lists(value) for key, value in said.items()}
    return [_lists(each) for each in said] if isinstance(said, list | tuple) else said


def test_no_month_of_answers_is_smaller_than_ten(lines: Told) -> None:
    months = Counter(line["month"] for line in of_kind(lines, "survey_response"))
    assert min(months.values()) >= 10
    sizes = Counter(db.session.scalars(select(SurveyBatch.month)))
    assert sizes.keys() == months.keys()


def test_answers_say_nothing_of_the_case_that_they_came_from(lines: Told) -> None:
    allowed = {"month", *Response.__struct_fields__}
    assert {key for line in of_kind(lines, "survey_response") for key in line} == allowed


def test_too_few_answers_wait_for_the_next_month_and_the_last_for_ever() -> None:
    answers = [("2026-01", ONE)] * 9 + [("2026-02", ONE)] + [("2026-03", ONE)] * 9
    assert [[each.month for each in batch] for batch in in_batches(answers, 1)] == [
        ["2026-02"] * 10
    ]


@pytest.mark.usefixtures("filled")
def test_people_with_an_outcome_in_law_feel_safer_more_often(tmp_path: Path) -> None:
    """In a home as large as the releases are tried on, or indicator 28 has nothing to show."""
    truth = tmp_path / "truth.jsonl"
    with running_app(new_demo(new_settings(tmp_path / "home"))) as app, app.app_context():
        fill_home(cases=400, seed=5, months=12, truth=truth, progress=quiet, end=date(2026, 3, 1))
        with read_snapshot() as session:
            said = responses(session, "2025-04", "2026-03")
    agrees = {entry.code for entry in code_list("survey_answer").active if entry.group == "agree"}
    safer = {
        outcome: [
            dict(each.answers)["feels_safer"] in agrees
            for each in said
            if each.justice_outcome == outcome
        ]
        for outcome in ("yes", "no")
    }
    assert len(safer["yes"]) > 50
    assert len(safer["no"]) > 50
    shares = {outcome: sum(each) / len(each) for outcome, each in safer.items()}
    assert shares["yes"] > shares["no"] + 0.08


def test_the_figures_that_were_told_are_entered(lines: Told) -> None:
    told = of_kind(lines, "figure")
    years = {figure["year"] for figure in told}
    assert len(told) == len(years) * len(figure_specs())
    with read_snapshot() as session:
        for year in years:
            kept = figures_for(session, year)
            assert {code: each.value for code, each in kept.items()} == {
                figure["code"]: figure["value"] for figure in told if figure["year"] == year
            }
            assert {each.source for each in kept.values()} == {"Made up for the demonstration"}


@pytest.mark.parametrize("seed", range(20))
def test_an_invented_figure_could_have_been_typed(seed: int) -> None:
    figures = list(invent_figures(seed, PERIOD))
    assert {figure.year for figure in figures} == {"2025-26", "2026-27"}
    by_code = {(figure.year, figure.code): figure.value for figure in figures}
    for figure in figures:
        spec = figure_specs()[figure.code]
        assert read_value(spec, f"{figure.value:g}") == figure.value
        assert figure.value <= by_code[figure.year, spec.part_of or figure.code]
        assert figure.dated_on <= PERIOD.last
    assert figures == list(invent_figures(seed, PERIOD))


def test_every_figure_that_can_be_entered_has_an_invented_one() -> None:
    assert IN_FIRST_YEAR.keys() == figure_specs().keys()


def test_the_action_plan_that_was_told_is_kept_and_some_of_it_is_overdue(lines: Told) -> None:
    told = of_kind(lines, "action")
    assert len(told) == len(ACTIONS)
    last = max(date.fromisoformat(case["until"]) for case in lines if case["kind"] == "case")
    with read_snapshot() as session:
        progress = progress_of_plan(session, last)
        assert {each.head.title for each in objectives(session)} == {
            action["objective"] for action in told
        }
    overdue = [a for a in told if a["due_on"] < last.isoformat() and not _is_over(a)]
    assert progress.overdue == len(overdue) >= 2
    assert progress.complete == sum(map(_is_over, told)) >= 2
    assert progress.on_track > 0
    assert progress.not_started > 0


def _is_over(action: dict[str, Any]) -> bool:
    return any(step["state"] == "complete" for step in action["steps"])


def test_an_action_names_known_indicators_and_states_and_nothing_later_than_the_last_day() -> None:
    for action in invent_actions(PERIOD):
        assert set(action.indicators) <= code_list("indicator").by_code.keys()
        days = [action.added_on, *(step.on for step in action.steps)]
        assert days == sorted(days)
        assert days[-1] <= PERIOD.last
        assert {step.state for step in action.steps} <= code_list("action_state").by_code.keys()


def test_the_audit_of_the_demo_names_the_months_of_answers_and_nobody(lines: Told) -> None:
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.kind == "answers_released"))
    found = [(entry.actor_id, entry.case_id, entry.detail) for entry in entries]
    months = {line["month"] for line in of_kind(lines, "survey_response")}
    assert sorted(found, key=str) == [(None, None, f'{{"month":"{m}"}}') for m in sorted(months)]


def test_the_answers_of_a_seed_are_always_the_same(tmp_path: Path) -> None:
    def answers(name: str) -> list[str]:
        truth = tmp_path / name
        home = new_settings(tmp_path / f"home {name}")
        with running_app(new_demo(home)) as app, app.app_context():
            march = date(2026, 3, 1)
            fill_home(cases=40, seed=11, months=4, truth=truth, progress=quiet, end=march)
        kept = truth.read_text(encoding="utf-8").splitlines()
        return [line for line in kept if '"kind":"survey_response"' in line]

    assert answers("one") == answers("other") != []


def test_a_period_of_one_day_has_figures_and_a_plan() -> None:
    period = period_of(1, date(2026, 4, 1), date(2026, 4, 1))
    assert {figure.year for figure in invent_figures(1, period)} == {"2026-27"}
    assert len(list(invent_actions(period))) == len(ACTIONS)
