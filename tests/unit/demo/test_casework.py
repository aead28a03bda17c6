"""The work that is invented for a case: what every form would take, and figures one can believe."""

from collections.abc import Iterator
from datetime import date
from functools import cache

import msgspec
import pytest

from caseapp.demo.agencies import SERVICES, directory
from caseapp.demo.casework import with_casework
from caseapp.demo.lives import CaseTold
from caseapp.demo.period import period_of
from caseapp.demo.story import stories
from caseapp.demo.workers import allocate, count_open, invent_workers
from caseapp.directory.needs import need_choices
from caseapp.incidents.rules import is_detection, why_outcome_is_wrong, why_telling_is_wrong
from caseapp.people.rules import age_on
from caseapp.perpetrators.models import PerpetratorHead, ProgrammeHead
from caseapp.perpetrators.rules import why_cannot_be_known, why_programme_cannot_be
from caseapp.reference import code_list
from caseapp.referrals.rules import why_cannot_be_made, why_decision_cannot_be
from caseapp.risk.rules import is_lower, level_by_score
from caseapp.sharing.rules import needs_senior, problems_of

PERIOD = period_of(24, date(2026, 3, 1), date(2026, 4, 1))


def told(number: int, seed: int) -> list[CaseTold]:
    plain = list(stories(number, seed, PERIOD))
    workers = invent_workers(count_open(plain), seed)
    return list(with_casework(allocate(plain, workers), seed))


@cache
def cases() -> list[CaseTold]:
    return told(2_000, 5)


def test_the_same_seed_tells_the_same_work() -> None:
    assert msgspec.json.encode(told(60, 1)) == msgspec.json.encode(told(60, 1))


def test_no_work_was_done_today_or_later() -> None:
    for case in cases():
        done = [
            *(task.done_on for task in case.tasks),
            *(shared.on for shared in case.sharing),
            *(shared.decided_on for shared in case.sharing),
            *(step.on for incident in case.incidents for step in incident.steps),
            *(right.on for incident in case.incidents for right in incident.rights),
            *(step.on for referral in case.referrals for step in referral.steps),
            *(fact.on for alleged in case.alleged for fact in alleged.facts),
            *(measure.on for measure in case.measures),
            *(asked.asked_on for asked in case.closure_asked),
            *(day for marac in case.marac for day in (marac.on, marac.heard_on, marac.fed_back_on)),
            *(action.done_on for marac in case.marac for action in marac.actions),
            *(judged.on for judged in case.risk),
        ]
        assert max(day for day in done if day) <= PERIOD.last


def codes_of_work(case: CaseTold) -> Iterator[tuple[str, str]]:
    for child in case.household:
        yield from (("child_effect", effect) for effect in child.effects)
        yield "child_lives_with", child.lives_with
        yield "child_relationship", child.relationship_to_person
        yield "child_relationship", child.relationship_to_perpetrator
        yield "social_care_status", child.social_care_status
    for alleged in case.alleged:
        yield from (("violence_type", code) for code in alleged.violence_types)
        for fact in alleged.facts:
            yield from [("perpetrator_fact", fact.what), ("fact_source", fact.source)]
            yield "fact_confidence", fact.confidence
        if alleged.programme:
            yield "programme_result", alleged.programme.result
            yield "victim_support", alleged.programme.victim_support
    yield from codes_of_course(case)
    yield from (("case_link", link.code) for link in case.links)
    yield from (("family_relationship", each.code) for each in case.relatives)


def codes_of_course(case: CaseTold) -> Iterator[tuple[str, str]]:
    for incident in case.incidents:
        yield from (("outcome_source", step.said_by) for step in incident.steps)
        for right in incident.rights:
            yield from [("victims_code_right", right.right), ("right_standing", right.standing)]
    for judged in case.risk:
        yield from (("youth_risk_domain", domain) for domain, _ in judged.concerns)
        yield from (("youth_concern", concern) for _, concern in judged.concerns)
    for shared in case.sharing:
        yield from [("sharing_consent", shared.consent), ("consent_basis", shared.basis)]
        yield from (("sharing_condition", code) for code in shared.conditions)
    for measure in case.measures:
        yield from (("outcome_measure", code) for code in measure.points)
        yield from (("outcome_scale", point) for point in measure.points.values())
    yield from (("marac_criterion", code) for marac in case.marac for code in marac.criteria)
    yield from (("contact_channel", task.channel) for task in case.tasks)


def test_every_code_of_the_work_is_in_its_list() -> None:
    used = {pair for case in cases() for pair in codes_of_work(case) if pair[1]}
    assert [(name, code) for name, code in used if code not in code_list(name).by_code] == []


def test_the_form_of_a_referral_would_take_each_one() -> None:
    for case in cases():
        for referral in case.referrals:
            assert not list(
                why_cannot_be_made(
                    referral.kind,
                    referral.on,
                    referral.decided_on,
                    consent=referral.consent,
                    age=age_on(case.person.date_of_birth, referral.on),
                    first_responder=referral.first_responder,
                    safe_contact=case.person.hours,
                    why_no_safe_contact="" if case.person.hours else "Not asked",
                )
            )
            decision = (referral.decision, referral.decided_on, referral.declined_reason)
            assert not list(why_decision_cannot_be(referral.on, *decision))


def test_the_sharing_log_would_take_each_entry() -> None:
    for case in cases():
        for shared in case.sharing:
            assert not list(
                problems_of(
                    shared.consent,
                    shared.basis,
                    necessity=shared.necessity,
                    why_without_consent=shared.why_without_consent,
                    person_told=shared.person_told,
                    why_not_told=shared.why_not_told,
                )
            )
            assert shared.decided_on is None or needs_senior(shared.consent)


def test_no_case_closed_before_a_senior_decided_on_what_was_shared_without_agreement() -> None:
    closed = {(case.closed.on, shared.on, shared.decided_on) for case in cases() if case.closed
              for shared in case.sharing if needs_senior(shared.consent)}  # fmt: skip
    assert len(closed) > 20
    assert all(decided and shared <= decided <= on for on, shared, decided in closed)


def test_the_form_of_an_outcome_would_take_each_step() -> None:
    for case in cases():
        for incident in case.incidents:
            for step in incident.steps:
                assert not why_outcome_is_wrong(
                    happened_on=incident.on,
                    reported=incident.reported,
                    outcome=step.outcome,
                    outcome_on=step.outcome_on,
                    reasons=step.no_outcome_reasons,
                )
                told_on = step.victim_told_on
                assert not why_telling_is_wrong(step.victim_told, told_on, incident.on)


def test_alleged_perpetrators_and_their_programmes_hold_together() -> None:
    for case in cases():
        for one in case.alleged:
            head = PerpetratorHead(
                is_known=one.known, recorded_on=case.opened, given_name=one.given_name,
                family_name=one.family_name,
            )  # fmt: skip
            assert why_cannot_be_known(head) is None
            if one.programme:
                offered = one.programme
                programme = ProgrammeHead(
                    offered_on=offered.offered_on, result=offered.result,
                    victim_support=offered.victim_support, result_on=offered.result_on,
                    supported_since=offered.supported_since,
                )  # fmt: skip
                words = (offered.supported_by, offered.why_not_supported)
                assert why_programme_cannot_be(programme, *words) is None


def test_a_judgement_raises_the_level_of_a_dash_and_never_lowers_it() -> None:
    scores = []
    for judged in (one for case in cases() for one in case.risk if one.how == "dash"):
        scores.append(len(judged.items))
        assert judged.proposed == level_by_score(len(judged.items))
        assert not is_lower(judged.level, judged.proposed)
    assert sum(10 <= score <= 20 for score in scores) > len(scores) / 2


def test_no_child_is_older_than_a_parent_can_have() -> None:
    first = {case.person.number: case for case in reversed(cases())}
    for case in first.values():
        assert case.children == len(case.household)
        for child in case.household:
            assert child.date_of_birth
            assert (child.date_of_birth - case.person.date_of_birth).days > 16 * 365
            assert age_on(child.date_of_birth, case.opened) < 18


def test_who_comes_back_has_the_same_children() -> None:
    households: dict[int, set[int]] = {}
    for case in cases():
        households.setdefault(case.person.number, set()).add(len(case.household))
    assert all(len(sizes) == 1 for sizes in households.values())


def test_some_marac_cases_have_nobody_recorded_and_some_are_repeats() -> None:
    maracs = [marac for case in cases() for marac in case.marac]
    recorded = sum(marac.perpetrator_recorded for marac in maracs) / len(maracs)
    assert 0.75 < recorded < 0.95
    assert 0.05 < sum(marac.is_repeat for marac in maracs) / len(maracs) < 0.3
    assert all(marac.heard_on is None or marac.heard_on >= marac.on for marac in maracs)


def test_most_incidents_without_an_outcome_have_a_coded_reason() -> None:
    without = [
        incident
        for case in cases()
        for incident in case.incidents
        if incident.outcome not in {"", "0"} and not is_detection(incident.outcome)
    ]
    coded = sum(bool(incident.no_outcome_reasons) for incident in without) / len(without)
    assert 0.7 < coded < 0.95


@pytest.mark.parametrize("stage", ["intake", "review", "exit"])
def test_lives_become_better_from_one_measuring_to_the_next(stage: str) -> None:
    points = [
        int(point)
        for case in cases()
        for measure in case.measures
        if measure.stage == stage
        for point in measure.points.values()
        if point.isdecimal()
    ]
    mean = sum(points) / len(points)
    low, high = {"intake": (1.5, 2.3), "review": (2.2, 3.3), "exit": (2.4, 4.2)}[stage]
    assert low < mean < high


def test_no_service_can_be_rung_or_written_to() -> None:
    needs = {code for code, _ in need_choices()}
    for entry in directory(PERIOD.last):
        assert entry.phone.startswith("020 7946 0")
        assert entry.email.endswith(".example.org")
        assert set(entry.needs) <= needs
    assert len({entry.id for entry in directory(PERIOD.last)}) == len(SERVICES)
