"""Incidents are counted with the outcome that stood on the last day of the period."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from caseapp.incidents.models import IncidentBody, IncidentHead, OutcomeStep
from caseapp.indicators.units.cases import case_unit
from caseapp.indicators.units.counted import Counted
from caseapp.indicators.units.incidents import count_incidents
from tests.unit.indicators.invented_record import AFTER, OPENED, UNTIL, a_record


def count(head: dict[str, Any], body: dict[str, Any] | None = None) -> list[Counted]:
    dull: dict[str, Any] = {
        "happened_on": OPENED,
        "offence": "common_assault",
        "reported_to_police": True,
    }
    incident = (IncidentHead(**(dull | head)), IncidentBody(**(body or {})))
    record = a_record(incidents=(incident,))
    return list(count_incidents(record, case_unit(record, UNTIL), UNTIL))


def counted(name: str, head: dict[str, Any], body: dict[str, Any] | None = None) -> frozenset[str]:
    (incident,) = count(head, body)
    return incident.unit[name]


def a_step(on: date, outcome: str, **more: Any) -> OutcomeStep:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return OutcomeStep(id=uuid4(), at=at, by=uuid4(), outcome=outcome, **more)


def test_an_incident_after_the_period_is_not_counted() -> None:
    assert count({"happened_on": AFTER}) == []
    assert len(count({"happened_on": UNTIL})) == 1


def test_an_incident_belongs_to_its_case_and_counts_from_when_both_are_there() -> None:
    (before,) = count({"happened_on": date(2026, 4, 1)})
    (after,) = count({"happened_on": UNTIL})
    assert (before.since, after.since) == (OPENED, UNTIL)
    assert before.unit["theme"] == {"youth_violence"}
    assert before.unit["sex"] == {"female"}


@pytest.mark.parametrize(
    ("reported", "outcome", "expected"),
    [
        (True, "", "0"),
        (False, "", "not_reported"),
        (None, "", "not_known"),
        (True, "1", "1"),
        (None, "18", "18"),
    ],
)
def test_an_incident_without_an_outcome_says_why_there_can_be_none(
    reported: bool | None, outcome: str, expected: str
) -> None:
    assert counted("outcome", {"reported_to_police": reported, "outcome": outcome}) == {expected}


def test_an_outcome_given_after_the_period_is_still_waited_for() -> None:
    later = {"outcome": "1", "outcome_on": AFTER}
    steps = (a_step(OPENED, "0"), a_step(AFTER, "1", outcome_on=AFTER))
    assert counted("outcome", later) == {"0"}
    assert counted("outcome", later, {"steps": steps}) == {"0"}


def test_an_outcome_that_was_written_down_late_counts_from_the_day_it_was_given() -> None:
    steps = (a_step(OPENED, "0"), a_step(AFTER, "1", outcome_on=UNTIL))
    assert counted("outcome", {"outcome": "1", "outcome_on": UNTIL}, {"steps": steps}) == {"1"}


def test_a_step_without_a_day_counts_from_when_it_was_written_down() -> None:
    assert counted("outcome", {"outcome": "18"}, {"steps": (a_step(AFTER, "18"),)}) == {"0"}
    assert counted("outcome", {"outcome": "18"}, {"steps": (a_step(UNTIL, "18"),)}) == {"18"}


def test_a_step_that_was_a_mistake_never_counts() -> None:
    mistake = a_step(OPENED, "1", outcome_on=OPENED)
    mended = a_step(AFTER, "16", outcome_on=UNTIL, corrects_last=True)
    body = {"steps": (mistake, mended)}
    assert counted("outcome", {"outcome": "16", "outcome_on": UNTIL}, body) == {"16"}


def test_reasons_that_were_added_later_were_not_known_yet() -> None:
    given = a_step(OPENED, "16", outcome_on=OPENED)
    told = a_step(AFTER, "16", outcome_on=OPENED, no_outcome_reasons=("delay",))
    head = {"outcome": "16", "outcome_on": OPENED}
    assert counted("reason", head, {"steps": (given, told)}) == frozenset()
    assert counted("reason_recorded", head, {"steps": (given, told)}) == {"missing"}


@pytest.mark.parametrize(
    ("outcome", "reported", "reasons", "recorded"),
    [
        ("1", True, (), "detected"),
        ("16", True, ("delay", "evidence"), "recorded"),
        ("16", True, (), "missing"),
        ("", True, (), "waiting"),
        ("", True, ("delay",), "recorded"),
        ("", False, ("not_reported",), "recorded"),
        ("", False, (), "missing"),
        ("", None, (), "missing"),
    ],
)
def test_whatever_is_no_detection_asks_for_a_reason(
    outcome: str, reported: bool | None, reasons: tuple[str, ...], recorded: str
) -> None:
    head = {"outcome": outcome, "reported_to_police": reported}
    body = {"no_outcome_reasons": reasons}
    assert counted("reason_recorded", head, body) == {recorded}
    assert counted("reason", head, body) == set(reasons)


@pytest.mark.parametrize(
    ("offence", "is_domestic", "harm"),
    [
        ("actual_bodily_harm", True, "assault_domestic"),
        ("common_assault", False, "assault_not_domestic"),
        ("personal_robbery", True, "robbery"),
        ("rape", True, "other"),
    ],
)
def test_assault_is_told_from_robbery_and_domestic_from_other(
    offence: str, is_domestic: bool, harm: str
) -> None:
    assert counted("harm", {"offence": offence, "is_domestic": is_domestic}) == {harm}


@pytest.mark.parametrize(
    ("weapon", "injury", "expected"),
    [
        ("knife", "minor", "yes"),
        ("other_sharp", "admitted", "yes"),
        ("knife", "none", "no"),
        ("knife", "not_known", "no"),
        ("blunt", "treated", "no"),
        ("", "", "no"),
    ],
)
def test_a_knife_injury_needs_a_blade_and_an_injury(
    weapon: str, injury: str, expected: str
) -> None:
    assert counted("knife_injury", {}, {"weapon": weapon, "injury": injury}) == {expected}
