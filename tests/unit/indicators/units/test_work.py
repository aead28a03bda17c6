"""Referrals, the MARAC, programmes and children: what counts, and what does not yet."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from caseapp.households.models import ChildHead
from caseapp.indicators.record import CaseRecord
from caseapp.indicators.units.cases import case_unit
from caseapp.indicators.units.children import Children
from caseapp.indicators.units.counted import Counted
from caseapp.indicators.units.marac_referrals import count_marac
from caseapp.indicators.units.programmes import count_programmes
from caseapp.indicators.units.referrals import count_referrals
from caseapp.marac.models import MaracHead
from caseapp.perpetrators.models import ProgrammeHead
from caseapp.referrals.models import ReferralHead
from tests.unit.indicators.invented_record import AFTER, OPENED, UNTIL, a_flag, a_record


def count(how: Any, record: CaseRecord) -> list[Counted]:
    return list(how(record, case_unit(record, UNTIL), UNTIL))


def a_meeting(**more: Any) -> MaracHead:
    return MaracHead(**{"referred_on": OPENED, "criteria": (), "is_repeat": False, **more})


@pytest.mark.parametrize(
    ("perpetrator", "types", "recorded"),
    [
        (True, ("physical", "economic"), "both"),
        (True, (), "perpetrator_only"),
        (False, ("physical",), "type_only"),
        (False, (), "neither"),
    ],
)
def test_a_marac_referral_says_what_it_records(
    perpetrator: bool, types: tuple[str, ...], recorded: str
) -> None:
    head = a_meeting(violence_types=types, perpetrator_id=uuid4() if perpetrator else None)
    flag = a_flag("disability", "vision", long_lasting=True, limits="a_lot")
    (counted,) = count(count_marac, a_record(marac=(head,), flags=(flag,)))
    assert counted.unit["marac_record"] == {recorded}
    assert counted.unit["violence_type"] == set(types)
    assert counted.unit["disability"] == {"disabled"}


def test_what_was_made_after_the_period_is_not_counted() -> None:
    programme = ProgrammeHead(offered_on=AFTER, result="offered", victim_support="by_us")
    record = a_record(
        marac=(a_meeting(referred_on=AFTER),),
        referrals=(ReferralHead(made_on=AFTER, kind="housing", agency="A"),),
        programmes=(programme,),
    )
    assert [count(how, record) for how in (count_marac, count_referrals, count_programmes)] == [
        [],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("decided_on", "expected"), [(UNTIL, "declined"), (AFTER, "waiting"), (None, "declined")]
)
def test_a_decision_counts_from_its_day(decided_on: date | None, expected: str) -> None:
    head = ReferralHead(
        made_on=OPENED, kind="housing", agency="A", decision="declined", decided_on=decided_on
    )
    (counted,) = count(count_referrals, a_record(referrals=(head,)))
    assert counted.unit["decision"] == {expected}
    assert counted.unit["referral_kind"] == {"housing"}


@pytest.mark.parametrize(
    ("heard_on", "expected"), [(UNTIL, "accepted"), (AFTER, "waiting"), (None, "waiting")]
)
def test_a_referral_to_the_marac_is_a_referral_too(heard_on: date | None, expected: str) -> None:
    (counted,) = count(count_referrals, a_record(marac=(a_meeting(heard_on=heard_on),)))
    assert counted.unit["referral_kind"] == {"marac"}
    assert counted.unit["decision"] == {expected}


@pytest.mark.parametrize(
    ("since", "expected"), [(OPENED, "by_us"), (None, "by_us"), (AFTER, "not_supported")]
)
def test_support_that_began_after_the_period_was_not_there(
    since: date | None, expected: str
) -> None:
    head = ProgrammeHead(
        offered_on=OPENED, result="offered", victim_support="by_us", supported_since=since
    )
    (counted,) = count(count_programmes, a_record(programmes=(head,)))
    assert counted.unit["victim_support"] == {expected}


def a_child(**more: Any) -> tuple[Any, ChildHead]:
    return uuid4(), ChildHead(**{"name": "Ayo", "date_of_birth": date(2018, 2, 3), **more})


def children_in(*records: CaseRecord) -> list[Counted]:
    children = Children()
    for record in records:
        children.take(record, UNTIL)
    return list(children.counted())


@pytest.mark.parametrize(
    ("child", "is_counted"),
    [
        (a_child(), True),
        (a_child(date_of_birth=UNTIL), True),
        (a_child(date_of_birth=AFTER), False),
        (a_child(date_of_birth=None), True),
        (a_child(date_of_birth=None, expected_on=AFTER), False),
        (a_child(date_of_birth=None, expected_on=UNTIL), True),
        (a_child(date_of_birth=date(2008, 5, 4)), False),  # 18 on the day the case was opened
        (a_child(date_of_birth=date(2008, 5, 5)), True),
        (a_child(ended_on=OPENED), False),  # had left before
        (a_child(ended_on=date(2026, 5, 5)), True),
    ],
)
def test_a_child_counts_who_was_born_and_lived_there(child: Any, is_counted: bool) -> None:
    assert len(children_in(a_record(children=(child,)))) == is_counted


def test_a_child_who_lives_with_two_cases_is_one_child_with_the_themes_of_both() -> None:
    mother = a_record(head={"themes": ("domestic_abuse",)}, children=(a_child(name="Ayọ̀ "),))
    brother = a_record(children=(a_child(name="ayo"), a_child(name="Bo")))
    found = sorted(sorted(each.unit["theme"]) for each in children_in(mother, brother))
    assert found == [["domestic_abuse", "youth_violence"], ["youth_violence"]]


def test_a_child_without_a_name_is_the_same_in_the_next_case_of_the_same_person_alone() -> None:
    child = a_child(name="", date_of_birth=None)
    other = a_child(name="", date_of_birth=None)
    assert len(children_in(a_record(children=(child,)), a_record(children=(child,)))) == 1
    assert len(children_in(a_record(children=(child,)), a_record(children=(other,)))) == 2
