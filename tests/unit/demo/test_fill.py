"""A demo home holds what the truth file says, sealed and audited like any other."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from caseapp.accounts.demo import ACCOUNTS, PASSWORD, skips_second_factor
from caseapp.accounts.models import Team, User
from caseapp.accounts.passwords import is_password_of
from caseapp.accounts.queries import find_user_by_email, list_users
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.audit.verification import verify
from caseapp.cases.models import Case
from caseapp.contacts.models import Note
from caseapp.database import db, read_snapshot
from caseapp.demo.fill import fill_home
from caseapp.incidents.models import Incident
from caseapp.people.models import NeedsFlag, Person
from caseapp.plans.models import Plan, PlanVersion
from caseapp.referrals.models import Referral
from caseapp.risk.queries import MODELS
from config import SettingsError
from tests.homes import new_settings, running_app
from tests.unit.demo.conftest import CASES, new_demo, quiet, stored


def test_there_are_as_many_records_as_were_told(told: list[dict[str, Any]]) -> None:
    assert stored(Case) == len(told) == CASES
    assert stored(Person) == len({case["person"]["number"] for case in told})
    assert stored(Note) == sum(len(case["notes"]) for case in told)
    assert stored(Incident) == sum(len(case["incidents"]) for case in told)
    made_with = Counter(judged["how"] for case in told for judged in case["risk"])
    for how, model in MODELS.items():
        assert stored(model) == made_with[how] > 0
    to_others = [r for case in told for r in case["referrals"] if r["kind"] != "marac"]
    assert stored(Referral) == len(to_others)
    plans = [case["plan"] for case in told if case["plan"]]
    assert stored(Plan) == len(plans)
    assert stored(PlanVersion) == sum(len(plan["versions"]) for plan in plans)
    assert stored(NeedsFlag) == sum(len(case["flags"]) for case in told)


def test_every_case_opens_to_what_was_told(told: list[dict[str, Any]]) -> None:
    cases = {case.head.reference: case for case in db.session.scalars(select(Case))}
    for case in told:
        kept = cases[case["reference"]]
        person = db.session.get_one(Person, kept.person_id)
        notes = db.session.scalars(select(Note).where(Note.case_id == kept.id))
        assert kept.is_open == (case["closed"] is None)
        assert person.head.given_name == case["person"]["given_name"]
        assert person.body.postcode == case["person"]["postcode"]
        assert Counter(n.body.fact for n in notes) == Counter(n["fact"] for n in case["notes"])


@pytest.mark.usefixtures("told")
def test_each_case_has_its_word_in_the_audit() -> None:
    entries = select(AuditEntry.case_id).where(
        AuditEntry.kind == Kind.DEMO_FILLED, AuditEntry.case_id.is_not(None)
    )
    assert Counter(db.session.scalars(entries)) == Counter(db.session.scalars(select(Case.id)))


def test_the_audit_of_a_demo_home_verifies(filled: Flask) -> None:
    with filled.app_context(), read_snapshot() as session:
        heads = filled.extensions["audit_heads"]
        found = verify(session, filled.extensions["vault"], heads)
    assert found.faults == ()
    assert found.entries > CASES


@pytest.mark.usefixtures("told")
def test_only_the_six_demo_accounts_can_sign_in() -> None:
    users = {user.head.email: user for user in list_users()}
    assert {email for email, user in users.items() if skips_second_factor(user)} == set(ACCOUNTS)
    for email, user in users.items():
        assert is_password_of(user.password_hash, PASSWORD) == (email in ACCOUNTS)


@pytest.mark.usefixtures("told")
def test_the_demo_advocate_has_cases_and_the_analyst_has_no_team() -> None:
    advocate, colleague, analyst = (
        user_of(f"{name}@demo.example") for name in ("advocate", "colleague", "analyst")
    )
    cases_of = Counter(db.session.scalars(select(Case.advocate_id).where(Case.status == "open")))
    assert cases_of[advocate.id] > 0
    assert advocate.team_id == colleague.team_id
    assert analyst.team_id is None
    services = db.session.scalars(select(Team.service))
    assert Counter(services) == {"youth_violence": 2, "idva": 1, "sexual_violence": 1}


def user_of(email: str) -> User:
    user = find_user_by_email(email)
    assert user is not None
    return user


def test_a_truth_file_inside_the_home_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    settings = new_settings(tmp_path)
    with running_app(new_demo(settings)) as app, app.app_context():
        inside = settings.home / "truth.jsonl"
        with pytest.raises(SettingsError, match="outside the home"):
            fill_home(cases=3, seed=7, months=1, truth=inside, progress=quiet)
        assert stored(User) == stored(Case) == 0
        assert not inside.exists()


def test_progress_runs_to_the_end(tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    with running_app(new_demo(new_settings(tmp_path))) as app, app.app_context():
        fill_home(
            cases=120, seed=3, months=1, truth=None,
            progress=lambda *step: steps.append(step),
        )  # fmt: skip
    assert steps == [("Cases", 100, 120), ("Cases", 120, 120)]


def test_the_same_demo_can_be_made_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    with running_app(new_demo(new_settings(tmp_path, postgres_url))) as app, app.app_context():
        fill_home(cases=25, seed=3, months=6, truth=None, progress=quiet)
        assert stored(Case) == 25
