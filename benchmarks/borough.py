"""The data that is measured: one sealed home, and a plain copy of the same people and cases."""

import random
import secrets
import sqlite3
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from flask import Flask
from flask_login import login_user

from benchmarks.full_case import fill_case
from benchmarks.plain_rows import copy_case, make_tables
from caseapp.access.actors import Actor, Role
from caseapp.accounts.actions import create_team, create_user
from caseapp.accounts.models import User
from caseapp.accounts.passwords import hash_password
from caseapp.app import create_app
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.actions import reference_token
from caseapp.cases.models import Case, CaseBody, CaseHead
from caseapp.cases.rules import new_reference
from caseapp.database import db, transaction
from caseapp.home import make_home
from caseapp.people.actions import create_person
from caseapp.people.models import Person, PersonBody, PersonHead
from caseapp.schema import bring_up_to_date
from config import Settings

FULL = 100  # every hundredth case
BATCH = 1000
SYLLABLES = (
    "ba", "den", "fio", "gra", "hol", "ish", "jun", "kel", "lor", "mav", "nim", "oss", "pri",
    "quen", "rus", "sel", "tam", "ulv", "wex", "yar",
)  # fmt: skip

PLAIN_SHAPE = """
CREATE TABLE people (id TEXT PRIMARY KEY, given_name TEXT, family_name TEXT, date_of_birth TEXT,
  ethnicity TEXT, ward TEXT, sex TEXT, phone TEXT, hours TEXT);
CREATE TABLE cases (id TEXT PRIMARY KEY, person_id TEXT, team_id TEXT, advocate_id TEXT,
  service TEXT, status TEXT, risk_level TEXT, opened_month TEXT, reference TEXT, themes TEXT,
  opened_on TEXT, next_review_on TEXT, summary TEXT);
CREATE INDEX cases_in_order ON cases
  (team_id, advocate_id, status, risk_level, opened_month, id);
CREATE INDEX cases_by_person ON cases (person_id);
"""


@dataclass(frozen=True)
class Borough:
    """A home with many cases of one team, and where its plain copy lies."""

    app: Flask
    plain: Path
    user_id: UUID
    team_id: UUID
    case_id: UUID
    cookie: str


def build_borough(folder: Path, people: int) -> Borough:
    """Make `people` people with a case each; every hundredth case is full of records."""
    key = folder / "unlock.key"
    key.write_text(secrets.token_hex(32))
    key.chmod(0o600)
    settings = Settings(home=folder / "home", unlock_key_file=key)
    vault, _ = make_home(settings)
    app = create_app(settings, vault)
    plain = folder / "plain.db"
    with app.app_context(), sqlite3.connect(plain) as copy:
        bring_up_to_date()
        make_tables(copy)
        copy.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {PLAIN_SHAPE}")
        with transaction():
            team = create_team("Measured", "youth_violence")
            user = create_user(
                "Measured Advocate", "m@example.org", Role.ADVOCATE, team, hash_password("x" * 20)
            )
            actor = user.actor
        case_id = _fill(copy, people, actor, team.id)
        cookie = sign_in(app, actor.user_id)
    return Borough(app, plain, actor.user_id, team.id, case_id, cookie)


def _fill(copy: sqlite3.Connection, people: int, actor: Actor, team_id: UUID) -> UUID:
    chance = random.Random(20)
    first: UUID | None = None
    for start in range(0, people, BATCH):
        with transaction():
            for number in range(start, min(start + BATCH, people)):
                case = _make(copy, chance, actor, team_id)
                if number % FULL == 0:
                    _fill_up(copy, case, actor)
                first = first or case.id
            record(Kind.DEMO_FILLED, actor=actor, team_id=team_id)
        db.session.remove()
        copy.commit()
        print(f"\rbuilding: {start + BATCH} of {people}", end="", file=sys.stderr)
    print(file=sys.stderr)
    if first is None:
        raise ValueError("a borough needs people")
    return first


def _make(copy: sqlite3.Connection, chance: random.Random, actor: Actor, team_id: UUID) -> Case:
    head = PersonHead(
        given_name="".join(chance.choices(SYLLABLES, k=2)).title(),
        family_name="".join(chance.choices(SYLLABLES, k=3)).title(),
        date_of_birth=date(2009, 1, 1) + timedelta(days=chance.randrange(2500)),
        sex=chance.choice(("female", "male")),
        ethnicity="white_british",
        ward="E05009394",
    )
    person = create_person(uuid4(), head, PersonBody(address="1 Measured Road"))
    opened = date(2025, 1, 1) + timedelta(days=chance.randrange(600))
    reference = new_reference()
    case = Case(
        person_id=person.id,
        team_id=team_id,
        advocate_id=actor.user_id,
        service="youth_violence",
        status="open",
        risk_level=chance.choice(("standard", "medium", "high")),
        opened_month=opened.strftime("%Y-%m"),
        reference_token=reference_token(reference),
        head=CaseHead(
            reference=reference,
            themes=("youth_violence",),
            opened_on=opened,
            next_review_on=opened + timedelta(weeks=12),
        ),
        body=CaseBody(summary="Measured, and nothing else."),
    )
    db.session.add(case)
    db.session.flush()
    _copy(copy, head, case)
    return case


def _fill_up(copy: sqlite3.Connection, case: Case, actor: Actor) -> None:
    fill_case(case, actor)
    db.session.flush()
    copy_case(copy, case, db.session.get_one(Person, case.person_id))


def _copy(copy: sqlite3.Connection, person: PersonHead, case: Case) -> None:
    head = case.head
    copy.execute(
        "INSERT INTO people VALUES (?,?,?,?,?,?,?,?,?)",
        (
            str(case.person_id), person.given_name, person.family_name,
            str(person.date_of_birth), person.ethnicity, person.ward, person.sex, "", "",
        ),
    )  # fmt: skip
    copy.execute(
        "INSERT INTO cases VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            str(case.id), str(case.person_id), str(case.team_id), str(case.advocate_id),
            case.service, case.status, case.risk_level, case.opened_month, head.reference,
            ",".join(head.themes), str(head.opened_on), str(head.next_review_on),
            case.body.summary,
        ),
    )  # fmt: skip


def sign_in(app: Flask, user_id: UUID) -> str:
    with app.test_request_context():
        login_user(db.session.get_one(User, user_id))
        response = app.process_response(app.make_response(""))
    return response.headers["Set-Cookie"].split(";")[0]
