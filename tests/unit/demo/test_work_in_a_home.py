"""What was told of the work on a case lies in the home, opens, and fills in a MARAC referral."""

from collections import Counter
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from caseapp.access.actors import Actor, Role
from caseapp.accounts.queries import find_user_by_email
from caseapp.cases.actions import reference_token
from caseapp.cases.models import Case
from caseapp.closure.models import ClosureRequest, OutcomeMeasure
from caseapp.contacts.models import Task
from caseapp.database import db, read_snapshot
from caseapp.demo.showcase import SHOWN_TO
from caseapp.directory.models import Service
from caseapp.households.models import CaseLink, Child, Relationship
from caseapp.incidents.models import RightsRecord
from caseapp.marac.models import MaracAction, MaracReferral
from caseapp.oversight.record_check import check_records
from caseapp.perpetrators.models import AllegedPerpetrator, ConflictCheck, ProgrammeReferral
from caseapp.referrals.incoming_models import IncomingReferral, ReceivedReferral
from caseapp.sharing.models import SharingEntry, SharingStep
from tests.homes import signed_in_client
from tests.shown_forms import shown_form
from tests.unit.demo.conftest import CASES, Told, stored
from tests.unit.marac.test_routes import CONDITIONAL, DATES

SHOWN = ("incidents", "alleged", "notes", "flags", "referrals", "tasks", "sharing", "measures")
UNASKED = {"csrf_token", "record_id", "revision", "seen", "draft", "viewport", "theme-color"}


def all_of(told: Told, key: str) -> list[Any]:
    return [one for case in told for one in case[key]]


def test_the_harm_that_was_told_is_written(told: Told) -> None:
    households = {case["person"]["number"]: case["household"] for case in told}
    recorded = [each for each in all_of(told, "alleged") if each["recorded"]]
    rights = [each for each in all_of(told, "incidents") if each["rights"]]
    assert stored(Child) == sum(map(len, households.values())) > 0
    assert stored(AllegedPerpetrator) == len(recorded) > 0
    assert stored(ProgrammeReferral) == sum(each["programme"] is not None for each in recorded) > 0
    assert stored(ConflictCheck) == CASES + len(recorded)
    assert stored(RightsRecord) == len(rights) > 0
    assert stored(CaseLink) == len(all_of(told, "links")) > 0
    assert stored(Relationship) == len(all_of(told, "relatives"))


def test_the_work_that_was_told_is_written(told: Told) -> None:
    maracs, sharing = all_of(told, "marac"), all_of(told, "sharing")
    assert stored(MaracReferral) == len(maracs) > 0
    assert stored(MaracAction) == sum(len(each["actions"]) for each in maracs) > 0
    assert stored(SharingEntry) == len(sharing) > 0
    assert stored(SharingStep) == sum(each["decided_on"] is not None for each in sharing) > 0
    assert stored(Task) == len(all_of(told, "tasks")) > 0
    assert stored(OutcomeMeasure) == len(all_of(told, "measures")) > 0
    assert stored(ClosureRequest) == len(all_of(told, "closure_asked")) > 0
    assert stored(ReceivedReferral) == sum(case["received"] is not None for case in told) > 0


def test_services_and_people_without_a_case_are_in_the_truth_file_too(lines: Told) -> None:
    kinds = Counter(line["kind"] for line in lines)
    statuses = Counter(line["status"] for line in lines if line["kind"] == "incoming")
    assert stored(Service) == kinds["service"]
    assert 25 <= kinds["service"] <= 40
    assert Counter(db.session.scalars(select(IncomingReferral.status))) == statuses
    assert set(statuses) == {"waiting", "declined"}


def test_every_record_of_a_demo_home_opens(filled: Flask) -> None:
    with filled.app_context(), read_snapshot() as session:
        heads = filled.extensions["audit_heads"]
        report = check_records(session, filled.extensions["vault"], heads)
    assert report.faults == ()
    assert report.records > 20 * CASES


def showcase_of(told: Told, advocate: str) -> dict[str, Any]:
    """The advocate's open case with the most in it."""
    own = [case for case in told if case["advocate"] == advocate and not case["closed"]]
    return max(own, key=lambda case: len(case["tasks"]) + len(case["sharing"]))


@pytest.mark.parametrize("advocate", SHOWN_TO)
def test_a_demo_advocate_has_a_case_with_nearly_every_kind_of_record(
    told: Told, advocate: str
) -> None:
    case = showcase_of(told, advocate)
    assert case["risk"][-1]["level"] == "high"
    assert [key for key in SHOWN if not case[key]] == []
    assert case["plan"] is not None
    assert any(alleged["facts"] for alleged in case["alleged"])
    undecided = [s for s in case["sharing"] if s["necessity"] and not s["decided_on"]]
    assert len(undecided) == 1
    due = [task["due_on"] for task in case["tasks"] if not task["done_on"]]
    assert min(due) < case["until"] < max(due)


def test_four_fifths_of_a_marac_referral_are_filled_in_on_the_demo_case(
    filled: Flask, told: Told
) -> None:
    case = showcase_of(told, "other-team@demo.example")
    user = find_user_by_email("other-team@demo.example")
    assert user
    token = reference_token(case["reference"])
    case_id = db.session.scalars(select(Case.id).where(Case.reference_token == token)).one()
    client = signed_in_client(filled, Actor(user.id, Role.ADVOCATE, user.team_id))
    page = client.get(f"/cases/{case_id}/marac/new")
    form = shown_form(page)
    names = {part.split('"')[0] for part in page.text.split('name="')[1:]}
    names -= DATES | CONDITIONAL | UNASKED
    filled_in = {name for name in names if form.get(name, "").strip()}
    print(f"{len(filled_in)} of {len(names)} questions are filled in")
    assert len(filled_in) / len(names) >= 0.8, sorted(names - filled_in)
    for words in (case["household"][0]["name"], "DASH score", case["alleged"][0]["given_name"]):
        assert words in page.text
