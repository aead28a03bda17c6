"""How long a referral waits, and which answers cannot stand together."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from caseapp.reference import choices
from caseapp.referrals.models import ReferralBody, ReferralHead
from caseapp.referrals.rules import (
    chase_on,
    days_waited,
    is_shared_without_consent,
    why_cannot_be_made,
    why_decision_cannot_be,
)

DAY = date(2026, 5, 4)
KINDS = [code for code, _ in choices("referral_kind")]
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def made(on: date, decided_on: date | None = None) -> ReferralHead:
    return ReferralHead(
        made_on=on, kind="speech_and_language", agency="The clinic", decided_on=decided_on
    )


@given(days, st.integers(0, 1000), days)
def test_waiting_ends_with_the_decision(on: date, wait: int, today: date) -> None:
    assert days_waited(made(on, on + timedelta(days=wait)), today) == wait


@given(days, st.integers(0, 1000))
def test_waiting_goes_on_until_there_is_a_decision(on: date, wait: int) -> None:
    assert days_waited(made(on), on + timedelta(days=wait)) == wait


@pytest.mark.parametrize("basis", [code for code, _ in choices("consent_basis")])
def test_of_an_old_referral_the_basis_tells_whether_they_agreed(basis: str) -> None:
    body = ReferralBody(need="Help", consent_basis=basis)
    assert is_shared_without_consent(body) is (basis != "agreed")


def test_the_answer_tells_whether_they_agreed_and_not_the_basis() -> None:
    body = ReferralBody(need="Help", consent_basis="public_task", consent="given")
    assert not is_shared_without_consent(body)


@given(days, days)
def test_no_referral_is_moved_behind_its_decision(made_on: date, decided_on: date) -> None:
    assert bool(problems(made_on=made_on, decided_on=decided_on)) is (made_on > decided_on)


def problems(**answers: object) -> list[str]:
    given: dict[str, Any] = {
        "kind": "housing", "made_on": DAY, "decided_on": None, "consent": "given", "age": 17,
        "first_responder": "", "safe_contact": "After 4pm", "why_no_safe_contact": "", **answers,
    }  # fmt: skip
    return [name for name, _ in why_cannot_be_made(**given)]


def test_an_agency_is_told_about_safe_contact_or_there_is_a_reason() -> None:
    assert problems(safe_contact="") == ["why_no_safe_contact"]
    assert problems(safe_contact="", why_no_safe_contact="They never contact her") == []


def test_only_a_first_responder_refers_to_the_nrm() -> None:
    assert problems(kind="nrm") == ["first_responder"]
    assert problems(kind="nrm", first_responder="The council") == []


@pytest.mark.parametrize(
    ("kind", "age", "consent", "refused"),
    [
        ("nrm", 17, "not_needed", False),
        ("nrm", 17, "refused", False),
        ("nrm", 18, "given", False),
        ("nrm", 18, "not_needed", True),
        ("nrm", 18, "refused", True),
        ("nrm", None, "not_needed", True),
        ("nrm", None, "given", False),
        ("housing", 17, "not_needed", True),
        ("housing", 40, "refused", False),
    ],
)
def test_a_child_need_not_agree_to_the_nrm_and_an_adult_must(
    kind: str, age: int | None, consent: str, refused: bool
) -> None:
    found = problems(kind=kind, age=age, consent=consent, first_responder="The council")
    assert found == (["consent"] if refused else [])


@given(st.sampled_from(KINDS), days, st.none() | st.integers(0, 900))
def test_an_agency_that_waits_is_asked_again_some_days_after_the_last_time(
    kind: str, made_on: date, chased_after: int | None
) -> None:
    chased_on = None if chased_after is None else made_on + timedelta(days=chased_after)
    head = ReferralHead(made_on=made_on, kind=kind, agency="A", chased_on=chased_on)
    day = chase_on(head)
    assert day is not None
    assert 0 < (day - (chased_on or made_on)).days <= 21
    assert chase_on(replace(head, decision="declined")) is None


@pytest.mark.parametrize(
    ("decision", "decided_on", "declined_reason", "asked_for"),
    [
        ("waiting", None, "", None),
        ("waiting", DAY, "", "decided_on"),
        ("accepted", DAY, "", None),
        ("accepted", None, "", "decided_on"),
        ("accepted", DAY - timedelta(days=1), "", "decided_on"),
        ("declined", DAY, "threshold", None),
        ("declined", DAY, "", "declined_reason"),
        ("declined", None, "threshold", "decided_on"),
        ("declined", DAY - timedelta(days=1), "threshold", "decided_on"),
    ],
)
def test_a_decision_needs_its_date_and_a_refusal_its_reason(
    decision: str, decided_on: date | None, declined_reason: str, asked_for: str | None
) -> None:
    found = [name for name, _ in why_decision_cannot_be(DAY, decision, decided_on, declined_reason)]
    assert found == ([asked_for] if asked_for else [])


@given(days, st.sampled_from(["accepted", "declined"]), days)
def test_no_decision_lies_before_its_referral(made_on: date, decision: str, on: date) -> None:
    found = list(why_decision_cannot_be(made_on, decision, on, "threshold"))
    assert bool(found) is (on < made_on)


@given(days, days)
def test_nobody_takes_a_referral_up_before_it_is_made(made_on: date, on: date) -> None:
    late = made_on + timedelta(days=900)
    found = list(why_decision_cannot_be(made_on, "accepted", late, "", on))
    assert bool(found) is (on < made_on)
