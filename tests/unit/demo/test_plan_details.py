"""Invented safety plans: true to the lists, called for when something happened, without a name of
whoever did it."""

from collections.abc import Iterator

from caseapp.demo.lives import CaseTold, PlanTold
from caseapp.documents.pictures import PICTURES
from caseapp.languages import LANGUAGES
from caseapp.plans.models import ReviewCall
from caseapp.plans.rules import sections_of
from caseapp.reference import code_list
from tests.unit.demo.conftest import Told, stored
from tests.unit.demo.test_casework import PERIOD, cases


def plans() -> list[tuple[CaseTold, PlanTold]]:
    return [(case, case.plan) for case in cases() if case.plan]


def codes_of(plan: PlanTold) -> Iterator[tuple[str, str]]:
    yield from (("plan_review_reason", call.reason) for call in plan.calls)
    for version in plan.versions:
        yield "reading_format", version.reading_format
        yield from (("plan_agreed_by", code) for code in version.agreed_by)
        yield from (("plan_section_child", code) for code in version.child)
        yield from (("plan_place", place.kind) for place in version.places)


def test_every_code_of_a_plan_is_in_its_list() -> None:
    used = {pair for _, plan in plans() for pair in codes_of(plan)}
    assert [(name, code) for name, code in used if code not in code_list(name).by_code] == []


def test_plans_come_with_rows_pictures_agreement_and_in_several_languages() -> None:
    newest = [plan.versions[-1] for _, plan in plans()]
    assert sum(bool(version.steps and version.places and version.people) for version in newest) > (
        len(newest) / 2
    )
    assert 0.2 < sum(bool(version.pictures) for version in newest) / len(newest) < 0.8
    assert {version.language for version in newest} == set(LANGUAGES)
    for version in newest:
        assert version.is_agreed == bool(version.agreed_by) == (version.agreed_on is not None)


def test_a_chosen_picture_belongs_to_a_sentence_of_the_plan() -> None:
    for _, plan in plans():
        version = plan.versions[-1]
        text = " ".join(section.own for section in version.sections.values())
        assert all(sentence in text for sentence in version.pictures)
        assert set(version.pictures.values()) <= set(PICTURES)


def test_children_have_a_plan_of_their_own_in_a_household_with_children_alone() -> None:
    with_plan = [case for case, plan in plans() if plan.versions[-1].child]
    assert len(with_plan) > 20
    assert all(case.household for case in with_plan)


def test_a_review_is_called_for_after_the_first_version_and_once_until_it_is_answered() -> None:
    calls = 0
    for _, plan in plans():
        written = [version.written_at for version in plan.versions]
        for call in plan.calls:
            calls += 1
            assert written[0] < call.called_at
            assert call.called_at.date() <= PERIOD.last
            later = min((at for at in written if at >= call.called_at), default=None)
            same = [each for each in plan.calls if each.reason == call.reason]
            again = [each for each in same if each.called_at > call.called_at]
            assert later is not None or not again
            assert all(later and each.called_at > later for each in again)
    assert calls > 50


def test_no_plan_names_who_is_said_to_have_done_it() -> None:
    for case, plan in plans():
        words = str(plan.versions)
        for alleged in case.alleged:
            full = f"{alleged.given_name} {alleged.family_name}".strip()
            assert not full or full not in words


def test_a_plan_has_no_section_that_its_form_does_not_ask_for() -> None:
    for _, plan in plans():
        asked = {section.code for section in sections_of(plan.kind)}
        assert {code for version in plan.versions for code in version.sections} <= asked


def test_every_call_that_was_told_is_written(told: Told) -> None:
    assert stored(ReviewCall) == sum(len(case["plan"]["calls"]) for case in told if case["plan"])
