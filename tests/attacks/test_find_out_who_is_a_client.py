"""An advocate who wants to know whether somebody is a client of another team: names them as an
alleged perpetrator, or takes them in, and looks for anything that differs but the warning."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from werkzeug.test import TestResponse

from caseapp.audit.chain import HOUSE
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.perpetrators.conflict import WARNING, open_teams
from caseapp.perpetrators.earlier_cases import AT_LEAST
from caseapp.perpetrators.models import AllegedPerpetrator, ConflictCheck
from tests.cast import Cast, open_a_case
from tests.homes import signed_in_client
from tests.unit.perpetrators.test_conflict import accuse
from tests.visits import hidden_fields

# As long as each other, so that a length tells of nothing else.
KNOWN, STRANGER = "Hiddenwood", "Hiddenward"
ACCUSED, UNHEARD = "Grimshawes", "Grimshaven"
ROUNDS = 15
CROWD = 30  # alleged perpetrators of other cases, among whom one is not told apart

OWN_WORDS = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|value=\"[^\"]*\"|PERSON|"
    rf"{KNOWN}|{STRANGER}|{ACCUSED}|{UNHEARD}|CA-[A-Z0-9-]+|[A-Z0-9]{{4}}-[A-Z0-9]{{4}}"
)
# The warning itself: on the page, or in the banner that stands there once.
WARNING_SHOWN = re.compile(
    r'<div class="govuk-(?P<how>warning-text|notification-banner)"'
    r'(?:(?!<div class="govuk-(?:warning-text|notification-banner)").)*?'
    + re.escape(WARNING)
    + r".*?</div>\s*(?:</div>\s*)?",
    re.DOTALL,
)
BIRTH = {"date_of_birth-day": "27", "date_of_birth-month": "3", "date_of_birth-year": "2009"}
NEW_CLIENT = {
    **BIRTH,
    "given_name": "Jordan",
    "sex": "male",
    "ethnicity": "not_asked",
    "ward": "not_known",
    "residence": "not_known",
    "themes": "youth_violence",
    "opened_on-day": "20",
    "opened_on-month": "5",
    "opened_on-year": "2026",
    "referral_source": "police",
    "risk_level": "high",
}
NEW_PERPETRATOR = {
    **BIRTH,
    "is_known": "yes",
    "given_name": "Jordan",
    "relationship": "stranger",
    "standing": "current",
    "violence_types": "physical",
    "source": "person",
    "confidence": "likely",
}

Attempt = Callable[[FlaskClient, str], TestResponse]


class Seen(NamedTuple):
    """All that an attacker sees of one attempt, and what the house did for it."""

    statuses: list[int]
    statements: list[str]
    pages: list[str]
    warned: int
    audit: list[tuple[Any, ...]]
    rows: list[tuple[Any, ...]]
    elsewhere: list[tuple[Any, ...]]  # entries about other cases
    sealed_anew: int  # rows of other cases
    sizes: set[tuple[int, int]]  # of the checks of all other cases


@pytest.fixture
def still(app: Flask) -> Iterator[Flask]:
    with time_machine.travel("2026-05-20 09:00Z", tick=False):
        yield app


@pytest.fixture
def secrets(still: Flask, cast: Cast) -> Cast:
    """The other team has a client, and an alleged perpetrator; nobody here knows."""
    with still.app_context(), transaction():
        open_a_case(cast.other_team, given_name="Jordan", family_name=KNOWN)
        victim = open_a_case(cast.other_team, given_name="Ada", family_name="Victim")
        accuse(victim.id, cast.other_team, ACCUSED)
        for number in range(CROWD):
            accuse(victim.id, cast.other_team, f"Of-the-crowd-{number:02}")
    return cast


@contextmanager
def listening(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(re.sub(r"\(\?(, \?)*\)", "(?)", statement))

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        with app.app_context():
            event.remove(db.engine, "before_cursor_execute", note)


def attempt(app: Flask, cast: Cast, how: Attempt, name: str) -> Seen:
    """Make it, then look at every page of the case that could tell."""
    client = signed_in_client(app, cast.assigned_advocate)
    before = revisions(app)
    with listening(app) as statements:
        answers = [how(client, name)]
        case_id = UUID(re.findall(r"/cases/([0-9a-f-]{36})", answers[0].location)[0])
        place = f"/cases/{case_id}"
        paths = (answers[0].location, place, f"{place}/perpetrators", f"{place}/person")
        answers += [client.get(path) for path in paths]
    pages = [bare(answer) for answer in answers]
    return Seen(
        statuses=[answer.status_code for answer in answers],
        statements=statements,
        pages=[page for page, _ in pages],
        warned=sum(warned for _, warned in pages),
        audit=entries_of(app, case_id),
        rows=checks_of(app, case_id),
        elsewhere=entries_elsewhere(app, case_id),
        sealed_anew=sum(after - before.get(id_, after) for id_, after in revisions(app).items()),
        sizes=sizes_elsewhere(app, case_id),
    )


def bare(answer: TestResponse) -> tuple[str, int]:
    """The page without what differs anyway, and how often it warned."""
    text, warned = WARNING_SHOWN.subn("", answer.text)
    text = re.sub(r"banner-\d", "banner", text)  # the first or the second
    return re.sub(r"\s+", " ", OWN_WORDS.sub("•", text)), warned


def entries_of(app: Flask, case_id: UUID) -> list[tuple[Any, ...]]:
    with app.app_context():
        query = select(AuditEntry).where(AuditEntry.case_id == case_id)
        found = db.session.scalars(query.order_by(AuditEntry.number)).all()
        return [
            (each.kind, each.role, each.reason, each.detail, OWN_WORDS.sub("•", each.writes))
            for each in found
        ]


def checks_of(app: Flask, case_id: UUID) -> list[tuple[Any, ...]]:
    """What lies in the database of each check: its size, and how often it was written."""
    with app.app_context():
        found = db.session.scalars(select(ConflictCheck).where(ConflictCheck.case_id == case_id))
        return [(len(row.sealed_head), len(row.sealed_body or b""), row.revision) for row in found]


def revisions(app: Flask) -> dict[UUID, int]:
    with app.app_context():
        rows = db.session.execute(select(ConflictCheck.id, ConflictCheck.revision)).all()
        return {row.id: row.revision for row in rows}


def sizes_elsewhere(app: Flask, case_id: UUID) -> set[tuple[int, int]]:
    with app.app_context():
        found = db.session.scalars(select(ConflictCheck).where(ConflictCheck.case_id != case_id))
        return {(len(row.sealed_head), len(row.sealed_body or b"")) for row in found}


def entries_elsewhere(app: Flask, case_id: UUID) -> list[tuple[Any, ...]]:
    """What the newest act left in the chain of the house about other cases."""
    with app.app_context():
        query = select(AuditEntry).where(
            AuditEntry.case_id != case_id, AuditEntry.chain_id == HOUSE
        )
        found = db.session.scalars(query.order_by(AuditEntry.number.desc()).limit(AT_LEAST)).all()
        return [
            (each.kind, each.actor_id, each.role, each.reason, each.detail, bare_writes(each))
            for each in found
        ]


def bare_writes(entry: AuditEntry) -> str:
    """Without the ids, and without how often the row was written before."""
    return re.sub(r"\d+(?=\]\])", "•", OWN_WORDS.sub("•", entry.writes))


def accuse_somebody(app: Flask, cast: Cast) -> Attempt:
    def how(client: FlaskClient, name: str) -> TestResponse:
        with app.app_context(), transaction():
            case = open_a_case(cast.assigned_advocate)
        path = f"/cases/{case.id}/perpetrators/new"
        page = client.get(path)
        return client.post(
            path, data={**hidden_fields(page), **NEW_PERPETRATOR, "family_name": name}
        )

    return how


def take_somebody_in(client: FlaskClient, name: str) -> TestResponse:
    page = client.get("/cases/new")
    return client.post(
        "/cases/new", data={**hidden_fields(page), **NEW_CLIENT, "family_name": name}
    )


def change_somebody(app: Flask, cast: Cast) -> Attempt:
    def how(client: FlaskClient, name: str) -> TestResponse:
        with app.app_context(), transaction():
            case = open_a_case(cast.assigned_advocate)
        path = f"/cases/{case.id}/person/edit"
        page = client.get(path)
        return client.post(path, data={**hidden_fields(page), **NEW_CLIENT, "family_name": name})

    return how


WAYS = ("accuse", "take in", "change")


def way(name: str, app: Flask, cast: Cast) -> tuple[Attempt, str, str]:
    """(how, a name that is known to the other team, one that is not)."""
    if name == "accuse":
        return accuse_somebody(app, cast), KNOWN, STRANGER
    if name == "take in":
        return take_somebody_in, ACCUSED, UNHEARD
    return change_somebody(app, cast), ACCUSED, UNHEARD


@pytest.mark.parametrize("name", WAYS)
def test_nothing_but_the_warning_differs(still: Flask, secrets: Cast, name: str) -> None:
    how, known, unknown = way(name, still, secrets)
    attempt(still, secrets, how, "Warmed-up0")  # whatever is remembered is remembered now
    found = attempt(still, secrets, how, known)
    nothing = attempt(still, secrets, how, unknown)
    assert found.warned > 0
    assert nothing.warned == 0
    assert found.statuses == nothing.statuses
    assert found.statements == nothing.statements
    assert found.audit == nothing.audit
    assert found.rows == nothing.rows
    assert found.pages == nothing.pages
    assert found.elsewhere == nothing.elsewhere
    assert found.sealed_anew == nothing.sealed_anew
    assert found.sizes == nothing.sizes
    assert len(found.sizes) == 1


@pytest.mark.parametrize("name", WAYS)
def test_the_warning_names_no_team_no_case_and_nobody(
    still: Flask, secrets: Cast, name: str
) -> None:
    how, known, _ = way(name, still, secrets)
    seen = attempt(still, secrets, how, known)
    told = " ".join(seen.pages[1:])
    assert not any(word in told for word in ("Other Manager", "Other Team", "Ada", "Victim"))


@pytest.mark.parametrize("name", ["take in", "change"])
def test_the_case_that_accuses_them_is_warned_under_cover_of_others(
    still: Flask, secrets: Cast, name: str
) -> None:
    how, known, unknown = way(name, still, secrets)
    assert attempt(still, secrets, how, unknown).sealed_anew == AT_LEAST
    assert accusers_warned(still) == set()
    assert attempt(still, secrets, how, known).sealed_anew == AT_LEAST
    assert accusers_warned(still) == {ACCUSED}


def accusers_warned(app: Flask) -> set[str]:
    """Family names of the alleged perpetrators whose check found a team."""
    with app.app_context():
        found = db.session.scalars(select(ConflictCheck)).all()
        warned = [check.subject_id for check in found if open_teams(check.head)]
        named = select(AllegedPerpetrator).where(AllegedPerpetrator.id.in_(warned))
        return {each.head.family_name for each in db.session.scalars(named)}


def test_the_same_others_cover_one_person_each_time(still: Flask, secrets: Cast) -> None:
    """Or whoever compares two thefts would see which check was written both times."""
    client = signed_in_client(still, secrets.assigned_advocate)
    with still.app_context(), transaction():
        path = f"/cases/{open_a_case(secrets.assigned_advocate).id}/person/edit"
    written, others = [], revisions(still).keys()
    for _ in range(2):
        before = revisions(still)
        page = client.get(path)
        answers = {**hidden_fields(page), **NEW_CLIENT, "family_name": UNHEARD}
        assert client.post(path, data=answers).status_code == 302
        after = revisions(still)
        written.append({id_ for id_ in others if after[id_] != before[id_]})
    assert written[0] == written[1]
    assert len(written[0]) == AT_LEAST


def test_nothing_is_written_where_the_other_team_could_see_it(still: Flask, secrets: Cast) -> None:
    with still.app_context():
        theirs = select(Case.id).where(Case.team_id == secrets.other_team.team_id)
        chain = select(AuditEntry).where(AuditEntry.chain_id == secrets.other_team.team_id)
        before = len(db.session.scalars(chain).all()), len(db.session.scalars(theirs).all())
    attempt(still, secrets, accuse_somebody(still, secrets), KNOWN)
    with still.app_context():
        after = len(db.session.scalars(chain).all()), len(db.session.scalars(theirs).all())
    assert after == before


def test_how_long_it_takes_is_of_one_class(
    still: Flask, secrets: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    """Printed and not asserted, since a busy machine says nothing: pytest -s shows it."""
    medians = {}
    how = accuse_somebody(still, secrets)
    client = signed_in_client(still, secrets.assigned_advocate)
    took: dict[str, list[float]] = {KNOWN: [], STRANGER: []}
    for _ in range(ROUNDS):
        for name in (KNOWN, STRANGER):
            start = time.perf_counter()
            answer = how(client, name)
            took[name].append(time.perf_counter() - start)
            assert answer.status_code == 302
    medians = {name: statistics.median(times) for name, times in took.items()}
    with capsys.disabled():
        print(f"\nfound against not found: {medians[KNOWN] / medians[STRANGER]:.3f} of the time")
