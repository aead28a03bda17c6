"""Invented cases: the same for a seed, true to the code lists, and nobody real."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from hashlib import sha256

import msgspec
import pytest

from caseapp.demo.lives import CaseTold
from caseapp.demo.names import CULTURES, CULTURES_OF, POOLS
from caseapp.demo.period import Period, period_of
from caseapp.demo.story import stories
from caseapp.demo.surroundings import DRAMA_NUMBERS
from caseapp.people.rules import age_on, why_wrong_age
from caseapp.reference import code_list

PERIOD = period_of(24, date(2026, 3, 1), date(2026, 4, 1))


@cache
def cases() -> list[CaseTold]:
    return list(stories(3_000, 5, PERIOD))


def as_bytes(seed: int, period: Period = PERIOD, number: int = 60) -> bytes:
    return msgspec.json.encode(list(stories(number, seed, period)))


def test_the_same_seed_tells_the_same_stories() -> None:
    assert as_bytes(1) == as_bytes(1)


def test_another_seed_tells_other_stories() -> None:
    first, second = (msgspec.json.decode(as_bytes(seed)) for seed in (1, 2))
    assert not {case["reference"] for case in first} & {case["reference"] for case in second}
    assert [case["person"] for case in first] != [case["person"] for case in second]


def test_stories_do_not_depend_on_the_order_of_sets_in_one_process() -> None:
    program = (
        "from datetime import date; from hashlib import sha256; import msgspec;"
        "from caseapp.demo.period import period_of; from caseapp.demo.story import stories;"
        "p = period_of(24, date(2026, 3, 1), date(2026, 4, 1));"
        "print(sha256(msgspec.json.encode(list(stories(60, 1, p)))).hexdigest())"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONHASHSEED": "12345", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == sha256(as_bytes(1)).hexdigest()


def test_months_that_are_over_are_told_alike_on_any_later_day() -> None:
    early = period_of(12, date(2025, 12, 1), date(2026, 1, 4))
    late = period_of(12, date(2025, 12, 31), date(2031, 8, 9))
    assert early == late == Period(date(2025, 1, 1), date(2025, 12, 31))


def test_nothing_happens_today_or_later() -> None:
    period = period_of(2, date(2026, 3, 1), date(2026, 3, 10))
    for case in stories(200, 3, period):
        happened = [
            case.opened,
            *(note.at.date() for note in case.notes),
            *(incident.on for incident in case.incidents),
            *(judged.on for judged in case.risk),
            *(flag.raised_on for flag in case.flags),
            *(referral.decided_on or referral.on for referral in case.referrals),
            *(version.written_at.date() for version in (case.plan.versions if case.plan else ())),
            *(incident.outcome_on for incident in case.incidents if incident.outcome_on),
            *((case.closed.on,) if case.closed else ()),
        ]
        assert max(happened) < date(2026, 3, 10)


def codes_used(case: CaseTold) -> Iterator[tuple[str, str]]:
    """(list, code) pairs; a code may be empty where the question was not answered."""
    yield from [("referral_source", case.referral_source), ("service", case.service)]
    yield "consent_basis", case.consent_basis
    for name in ("sex", "ethnicity", "ethnicity_source", "ward", "residence"):
        yield name, getattr(case.person, name)
    yield from (("theme", theme) for theme in case.theme)
    yield from (("risk_level", judged.level) for judged in case.risk)
    yield from codes_of_incidents(case)
    yield from codes_of_support(case)


def codes_of_incidents(case: CaseTold) -> Iterator[tuple[str, str]]:
    for incident in case.incidents:
        for name in ("offence", "ward", "place_type", "weapon", "injury"):
            yield name, getattr(incident, name)
        yield from (("no_outcome_reason", reason) for reason in incident.no_outcome_reasons)
        yield "criminal_justice_outcome", incident.outcome
    for alleged in case.alleged:
        yield from [("sex", alleged.sex), ("relationship", alleged.relationship)]
        yield "relationship_standing", alleged.standing


def codes_of_support(case: CaseTold) -> Iterator[tuple[str, str]]:
    for note in case.notes:
        yield from [("note_type", note.type), ("contact_outcome", note.contact_outcome)]
    for flag in case.flags:
        yield from [(flag.list_name, flag.code), ("need_source", flag.source)]
        yield "slcn_status", flag.status if flag.list_name == "slcn" else ""
        yield "disability_limits", flag.limits
    for referral in case.referrals:
        yield from [("referral_kind", referral.kind), ("referral_decision", referral.decision)]
        yield "referral_declined_reason", referral.declined_reason
        yield "referral_engagement", referral.engagement
        yield "consent_basis", referral.consent_basis
    if case.plan:
        sections = {code for version in case.plan.versions for code in version.sections}
        yield from ((f"plan_section_{case.plan.kind}", code) for code in sections)
    yield "closure_reason", case.closed.reason if case.closed else ""


def test_every_code_is_in_its_list() -> None:
    used = {pair for case in cases() for pair in codes_used(case) if pair[1]}
    assert [(name, code) for name, code in used if code not in code_list(name).by_code] == []


def test_most_codes_of_the_lists_are_met() -> None:
    met = {pair for case in cases() for pair in codes_used(case)}
    for name in ("ethnicity", "ward", "offence", "slcn", "disability", "referral_kind"):
        missing = [c for c in code_list(name).by_code if (name, c) not in met and c != "other"]
        assert missing == []


def test_names_come_in_every_script() -> None:
    assert {case.person.script for case in cases()} == {script for script, *_ in CULTURES.values()}


def test_names_are_long_single_joined_and_accented() -> None:
    people = [case.person for case in cases()]
    full = [f"{person.given_name} {person.family_name}" for person in people]
    assert any(person.family_name == "" for person in people)
    assert max(map(len, full)) > 60
    assert any("-" in name for name in full)
    assert any("'" in name for name in full)
    assert any(not name.isascii() for name in full)


def test_every_ethnic_group_has_names_and_every_culture_an_ethnic_group() -> None:
    known = {e.code for e in code_list("ethnicity").entries if e.group != "unknown"}
    assert set(CULTURES_OF) == known
    assert {culture for weights in CULTURES_OF.values() for culture in weights} == set(CULTURES)
    assert set(POOLS) <= set(CULTURES)


def test_no_postcode_and_no_phone_number_can_be_real() -> None:
    for case in cases():
        if case.person.postcode:
            assert set(case.person.postcode[-2:]) <= set("CIKMOV")
        assert case.person.phone.startswith(DRAMA_NUMBERS)
        assert case.person.email.endswith("@example.org") or not case.person.email


def test_nobody_shares_a_number_and_nearly_everybody_was_asked_how_to_reach_them() -> None:
    people = {case.person.number: case.person for case in cases()}.values()
    assert len({person.phone for person in people}) == len(people)
    asked = sum(bool(person.hours) for person in people) / len(people)
    assert 0.9 < asked < 0.96


def test_nobody_is_of_the_wrong_age_for_the_service() -> None:
    for case in cases():
        assert why_wrong_age(case.service, case.person.date_of_birth, case.opened) is None
        assert ("youth_violence" in case.theme) == (
            age_on(case.person.date_of_birth, case.opened) < 25
        )


def test_some_people_come_back_and_some_are_named_as_having_done_harm() -> None:
    people = [case.person.number for case in cases()]
    assert len(people) - len(set(people)) > 30
    named = {a.client for case in cases() for a in case.alleged if a.client is not None}
    assert len(named) > 10
    assert named <= set(people)


def test_notes_do_not_repeat_each_other() -> None:
    facts = [note.fact for case in cases() for note in case.notes]
    assert len(set(facts)) > 0.9 * len(facts)
    assert max(map(len, facts)) > 4_000


def test_a_closed_case_has_ended_and_an_open_one_has_a_review() -> None:
    for case in cases():
        assert (case.closed is None) == (case.next_review is not None)
        last = case.closed.on if case.closed else PERIOD.last
        assert all(note.at.date() <= last for note in case.notes)


@pytest.mark.parametrize("months", [1, 2, 24, 120])
def test_a_period_has_the_months_that_were_asked_for(months: int) -> None:
    period = period_of(months, date(2026, 2, 14), date(2030, 1, 1))
    assert period.last == date(2026, 2, 28)
    assert (2026 * 12 + 1) - (period.first.year * 12 + period.first.month - 1) == months - 1
    assert period.first.day == 1


def test_a_demo_made_on_the_first_day_of_its_only_month_has_that_day() -> None:
    first = date(2026, 3, 1)
    assert period_of(1, first, first) == Period(first, first)
    assert len(list(stories(20, 1, Period(first, first)))) == 20
