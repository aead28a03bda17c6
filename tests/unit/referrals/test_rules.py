"""How long a referral waits, and which answers cannot stand together."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.reference import choices
from caseapp.referrals.models import ReferralHead
from caseapp.referrals.rules import (
    days_waited,
    is_shared_without_consent,
    why_cannot_be_made,
    why_decision_cannot_be,
)

DAY = date(2026, 5, 4)
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


def test_only_agreement_to_this_very_sharing_is_consent() -> None:
    with_consent = [
        code for code, _ in choices("consent_basis") if not is_shared_without_consent(code)
    ]
    assert with_consent == ["agreed"]


@pytest.mark.parametrize("basis", [code for code, _ in choices("consent_basis")])
def test_sharing_without_consent_asks_why(basis: str) -> None:
    problem = why_cannot_be_made(basis, "", DAY, None)
    assert bool(problem) is is_shared_without_consent(basis)
    assert why_cannot_be_made(basis, "A child is at risk", DAY, None) is None


@given(days, days)
def test_no_referral_is_moved_behind_its_decision(made_on: date, decided_on: date) -> None:
    problem = why_cannot_be_made("agreed", "", made_on, decided_on)
    assert (problem is None) is (made_on <= decided_on)


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
    problem = why_decision_cannot_be(DAY, decision, decided_on, declined_reason)
    assert (problem[0] if problem else None) == asked_for


@given(days, st.sampled_from(["accepted", "declined"]), days)
def test_no_decision_lies_before_its_referral(made_on: date, decision: str, on: date) -> None:
    problem = why_decision_cannot_be(made_on, decision, on, "threshold")
    assert (problem is None) is (on >= made_on)
