"""Which sharing goes to a senior, until when, and which answers cannot stand together."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.reference import choices
from caseapp.sharing.models import SharingBody, SharingHead
from caseapp.sharing.rules import (
    SENIOR_DECIDES_WITHIN,
    carried_over,
    decide_by,
    needs_senior,
    problems_of,
)

CODES = [code for code, _ in choices("sharing_consent")]
BASES = [code for code, _ in choices("consent_basis")]
WELL_FOUNDED = {
    "necessity": "Only the address",
    "why_without_consent": "A child is at risk",
    "person_told": True,
    "why_not_told": "",
}
moments = st.integers(1_577_836_800, 2_200_000_000).map(lambda at: datetime.fromtimestamp(at, UTC))


def problems(consent: str = "refused", basis: str = "public_task", **answers: object) -> set[str]:
    given = {**WELL_FOUNDED, **answers}
    return {name for name, _ in problems_of(consent, basis, **given)}  # type: ignore[arg-type]


def test_all_but_agreement_and_a_childs_nrm_referral_go_to_a_senior() -> None:
    assert [c for c in CODES if not needs_senior(c)] == ["given", "not_needed"]


@given(moments)
def test_what_is_written_down_at_once_is_decided_within_48_hours(moment: datetime) -> None:
    assert decide_by(moment.date() + timedelta(days=1), moment) - moment == timedelta(hours=48)


@given(moments, st.integers(0, 400))
def test_writing_it_down_late_wins_no_time(moment: datetime, days: int) -> None:
    shared_on = moment.date() - timedelta(days=days)
    deadline = decide_by(shared_on, moment)
    assert deadline <= moment + SENIOR_DECIDES_WITHIN
    assert deadline <= datetime(shared_on.year, shared_on.month, shared_on.day, tzinfo=UTC) + (
        timedelta(days=1) + SENIOR_DECIDES_WITHIN
    )


def test_the_day_of_a_sharing_ends_at_midnight_in_london() -> None:
    recorded = datetime(2026, 7, 10, 12, tzinfo=UTC)
    assert decide_by(date(2026, 7, 4), recorded) == datetime(2026, 7, 6, 23, tzinfo=UTC)


@pytest.mark.parametrize("consent", CODES)
@pytest.mark.parametrize("basis", BASES)
def test_agreement_is_a_basis_only_where_it_was_given(consent: str, basis: str) -> None:
    refused = "consent_basis" in problems(consent, basis)
    assert refused is (basis == "agreed" and consent != "given")


@pytest.mark.parametrize("consent", CODES)
def test_without_agreement_both_the_reason_and_the_necessity_are_asked(consent: str) -> None:
    missing = problems(consent, necessity="", why_without_consent="")
    asked = {"necessity", "why_without_consent"} if needs_senior(consent) else set()
    assert missing == asked


@pytest.mark.parametrize(("told", "asked"), [(True, set()), (False, {"why_not_told"})])
def test_not_telling_the_person_asks_why(told: bool, asked: set[str]) -> None:
    assert problems(person_told=told) == asked
    assert problems(person_told=told, why_not_told="He reads her letters") == set()


def told(**parts: Any) -> tuple[SharingHead, SharingBody]:
    known = {
        "shared_on": date(2026, 5, 4), "with_whom": "MASH", "consent": "given", "basis": "agreed",
        "what": "The address", **parts,
    }  # fmt: skip
    return tuple(
        kind(**{name: known[name] for name in kind.__struct_fields__ if name in known})
        for kind in (SharingHead, SharingBody)
    )  # type: ignore[return-value]


AGAINST = {"consent": "refused", "basis": "public_task", "why_without_consent": "He has a key"}


def test_only_what_was_changed_is_carried_over() -> None:
    logged = told(**AGAINST, conditions=("offences",))
    assert carried_over(logged, told(), told()) == logged
    assert carried_over(logged, told(), told(with_whom="A school")) == told(
        **AGAINST, conditions=("offences",), with_whom="A school"
    )


def test_answers_that_stand_together_are_carried_over_together() -> None:
    """Else the entry would say that somebody who was not asked had agreed."""
    unasked = told(**AGAINST | {"consent": "not_asked"}, person_told=False, why_not_told="Danger")
    before = told(**AGAINST, person_told=False, why_not_told="Danger")
    logged = told(person_told=True)
    assert carried_over(logged, before, unasked) == told(
        **AGAINST | {"consent": "not_asked"}, person_told=True
    )
