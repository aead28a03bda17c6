"""A pack as it is made: each plan noted and locked, bad ones left out, nothing plain on disk."""

import io
import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select, update

from caseapp.access.actors import Role
from caseapp.accounts.models import User
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.documents.printer import printer
from caseapp.packs import making
from caseapp.packs.files import path_of
from caseapp.packs.models import Pack, PackProgress
from caseapp.perpetrators.actions import add_perpetrator
from caseapp.perpetrators.models import PerpetratorHead
from caseapp.plans.actions import write_version
from caseapp.plans.models import PlanVersion, SectionWords, VersionBody
from caseapp.plans.queries import newest_version, plans_of
from tests.cast import Cast, open_a_case
from tests.paper_words import words_on
from tests.unit.packs.packing import (
    PASSWORD,
    WORDS,
    choose,
    files_of,
    id_in,
    make,
    open_cases,
    send_options,
    state_in_list,
    wait_for_it,
    write_plan,
    zip_of,
)


def words_of(pdf: bytes) -> str:
    return " ".join(words_on(pdf, PASSWORD).split())


def entries(app: Flask, kind: Kind) -> list[AuditEntry]:
    with app.app_context():
        query = select(AuditEntry).where(AuditEntry.kind == kind.value)
        return list(db.session.scalars(query.order_by(AuditEntry.number)))


def left_out(app: Flask, place: str) -> list[tuple[UUID, str]]:
    with app.app_context():
        body = db.session.get_one(Pack, id_in(place)).body
        return [(each.case_id, each.why) for each in body.left_out]


def test_each_plan_is_in_the_zip_under_a_neutral_name_and_opens_with_the_password_alone(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    place = make(manager, open_cases(app, cast, 3))
    archive = zip_of(manager, place)
    assert archive.namelist() == ["plan-001.pdf", "plan-002.pdf", "plan-003.pdf"]
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for name in archive.namelist():
        pdf = archive.read(name)
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(io.BytesIO(pdf))
        assert "aunt Heronsgate" in words_of(pdf)


def test_one_document_holds_every_plan_and_opens_with_the_password_alone(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    place = make(manager, open_cases(app, cast, 3), shape="pdf")
    with manager.get(f"{place}/download") as answer:
        assert answer.headers["Content-Disposition"] == "attachment; filename=plans.pdf"
        pdf = answer.data
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(pdf))
    assert words_of(pdf).count("aunt Heronsgate") == 3


def test_each_plan_has_its_entry_in_the_audit_of_its_case(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    cases = open_cases(app, cast, 3)
    place = make(manager, cases)
    printed = entries(app, Kind.PLAN_PRINTED)
    assert [entry.case_id for entry in printed] == cases
    assert {entry.actor_id for entry in printed} == {cast.manager.user_id}
    detail = json.loads(printed[0].detail)
    assert (detail["format"], detail["language"], detail["locked"]) == ("easy_read", "en", 1)
    assert {json.loads(entry.detail)["pack"] for entry in printed} == {str(id_in(place))}


def test_a_download_has_an_entry_of_its_own(app: Flask, cast: Cast, manager: FlaskClient) -> None:
    place = make(manager, open_cases(app, cast, 1))
    zip_of(manager, place)
    zip_of(manager, place)
    found = entries(app, Kind.PACK_DOWNLOADED)
    assert [entry.subject_id for entry in found] == [id_in(place)] * 2


def test_every_plan_of_a_case_is_in_the_pack(app: Flask, cast: Cast, manager: FlaskClient) -> None:
    (case_id,) = open_cases(app, cast, 1)
    with app.app_context(), transaction():
        write_plan(cast, db.session.get_one(Case, case_id), kind="domestic_abuse")
    assert len(zip_of(manager, make(manager, [case_id])).namelist()) == 2


def test_each_is_printed_in_the_form_and_language_that_fits_its_reader_or_all_in_one(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    cases = open_cases(app, cast, 1) + open_cases(
        app, cast, 1, reading_format="large_print", language="so"
    )
    own, one = make(manager, cases), make(manager, cases, format="standard", language="fr")
    with app.app_context():
        told = [
            {(part.format, part.language) for part in db.session.get_one(Pack, id_in(p)).body.parts}
            for p in (own, one)
        ]
    assert told == [{("easy_read", "en"), ("large_print", "so")}, {("standard", "fr")}]


def test_a_copy_that_is_not_safe_stays_out_unless_there_is_a_reason(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    safe, unsafe = *open_cases(app, cast, 1), *open_cases(app, cast, 1, copy_is_safe=False)
    place = make(manager, [safe, unsafe])
    assert left_out(app, place) == [(unsafe, "not_safe")]
    assert "It is not safe for the person to keep a copy" in manager.get(place).text
    assert [entry.case_id for entry in entries(app, Kind.PLAN_PRINTED)] == [safe]
    place = make(manager, [safe, unsafe], unsafe="office_file")
    assert left_out(app, place) == []
    reasons = [json.loads(e.detail).get("copy_reason") for e in entries(app, Kind.PLAN_PRINTED)]
    assert reasons == [None, None, "office_file"]


def hand_over(case_id: UUID, cast: Cast) -> None:
    assert cast.other_manager.team_id
    db.session.get_one(Case, case_id).team_id = cast.other_manager.team_id


def damage(case_id: UUID) -> None:
    versions: Any = PlanVersion.__table__
    change = update(versions).where(versions.c.case_id == case_id)
    db.session.connection().execute(change.values(row_seal=b"\x01" * 64))


def name_who_did_it(case_id: UUID, cast: Cast) -> None:
    """The aunt of WORDS."""
    named = PerpetratorHead(
        is_known=True, recorded_on=date(2026, 5, 4), given_name="Aunt", family_name="Heronsgate"
    )
    case = db.session.get_one(Case, case_id)
    add_perpetrator(uuid4(), case, named, source="person", confidence="likely", by=cast.manager)


def say_instead(case_id: UUID, words: str) -> None:
    query = select(PlanVersion).where(PlanVersion.case_id == case_id)
    version = db.session.scalars(query).one()
    version.body = VersionBody(sections=(SectionWords(code="home", own=words),))


def hang_at(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document with these words has no time at all."""
    real = printer._answer

    def answer(html: str) -> object:
        monkeypatch.setattr(printer, "_time_limit", 0.0 if words in html else 60.0)
        return real(html)

    monkeypatch.setattr(printer, "_answer", answer)


def test_one_bad_plan_never_stops_the_pack(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case without a plan, one that was closed, one that another team took over, a damaged row,
    one whose paper takes too long, one that names who did it."""
    good, closed, moved, damaged, endless, naming = open_cases(app, cast, 6)
    with app.app_context(), transaction():
        planless = open_a_case(cast.assigned_advocate, given_name="Zora").id
    place = choose(manager, [good, closed, moved, damaged, endless, naming, planless]).location
    with app.app_context(), transaction():
        db.session.get_one(Case, closed).status = "closed"
        hand_over(moved, cast)
        say_instead(endless, "never ending")
        name_who_did_it(naming, cast)
        record(Kind.CASE_CHANGED, actor=None)
        db.session.flush()
        damage(damaged)
    hang_at("never ending", monkeypatch)
    with send_options(manager, place) as begun:
        place = begun.location
    wait_for_it()
    assert dict(left_out(app, place)) == {
        closed: "closed",
        moved: "gone",
        damaged: "damaged",
        endless: "too_long",
        naming: "names_somebody",
        planless: "no_plan",
    }
    assert len(zip_of(manager, place).namelist()) == 1
    assert [entry.case_id for entry in entries(app, Kind.PLAN_PRINTED)] == [good]
    assert [entry.case_id for entry in entries(app, Kind.CASE_REFUSED)] == [moved]


def test_a_pack_without_a_plan_says_so_and_has_no_file(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    for shape in ("zip", "pdf"):
        place = make(manager, open_cases(app, cast, 1, copy_is_safe=False), shape=shape)
        page = manager.get(place).text
        assert "No plan is in this pack" in page
        assert "Download" not in page
        assert manager.get(f"{place}/download").status_code == 404
    assert files_of(app) == []


def test_no_word_of_a_plan_and_no_password_is_on_the_disk(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    place = make(manager, open_cases(app, cast, 2))
    with app.app_context():
        sealed = path_of(id_in(place)).read_bytes()
    assert len(sealed) > 10_000
    home = app.extensions["settings"].home
    everything = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    for plain in (b"%PDF", b"PK\x03\x04", b"plan-001", WORDS.encode(), PASSWORD.encode()):
        assert plain not in sealed
        assert plain not in everything


def test_the_password_is_kept_nowhere(app: Flask, cast: Cast, manager: FlaskClient) -> None:
    place = make(manager, open_cases(app, cast, 1))
    with app.app_context():
        pack = db.session.get_one(Pack, id_in(place))
        assert PASSWORD not in f"{pack.head}{pack.body}"
        told = [f"{row.detail}" for row in db.session.scalars(select(AuditEntry))]
        assert PASSWORD not in "".join(told)
    assert PASSWORD not in manager.get(place).text


def test_a_manager_who_lost_the_team_meanwhile_gets_no_pack(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = open_cases(app, cast, 3)
    real = vars(making)["make_plan"]

    def and_is_made_an_advocate(*values: object) -> object:
        with app.app_context(), transaction():
            db.session.get_one(User, cast.manager.user_id).role = Role.ADVOCATE
            record(Kind.ACCOUNT_CHANGED, actor=None)
        return real(*values)

    monkeypatch.setattr(making, "make_plan", and_is_made_an_advocate)
    place = make(manager, cases)
    assert entries(app, Kind.PLAN_PRINTED) == []
    assert files_of(app) == []
    assert manager.get(place).status_code == 404
    with app.app_context():
        progress = db.session.get_one(PackProgress, id_in(place))
        assert (progress.state, progress.problem) == ("stopped", making.NOT_YOURS)


def test_a_plan_that_is_changed_while_its_paper_is_made_stays_out(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = open_cases(app, cast, 2)
    real = vars(making)["make_plan"]

    def while_a_copy_becomes_unsafe(*values: object) -> object:
        with app.app_context(), transaction():
            case = db.session.get_one(Case, cases[0])
            plan = plans_of(case)[0]
            newest = newest_version(plan)
            if newest.number == 1:
                head = replace(newest.head, copy_is_safe=False)
                write_version(uuid4(), case, plan, head, newest.body, cast.assigned_advocate)
        return real(*values)

    monkeypatch.setattr(making, "make_plan", while_a_copy_becomes_unsafe)
    place = make(manager, cases)
    assert left_out(app, place) == [(cases[0], "changed")]
    assert zip_of(manager, place).namelist() == ["plan-001.pdf"]
    assert [entry.case_id for entry in entries(app, Kind.PLAN_PRINTED)] == [cases[1]]


def test_a_case_that_moves_away_while_its_paper_is_made_stays_out(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = open_cases(app, cast, 2)
    other_team = cast.other_manager.team_id
    assert other_team
    real = vars(making)["make_plan"]

    def while_it_moves_away(*values: object) -> object:
        with app.app_context(), transaction():
            db.session.get_one(Case, cases[0]).team_id = other_team
            record(Kind.CASE_CHANGED, actor=None)
        return real(*values)

    monkeypatch.setattr(making, "make_plan", while_it_moves_away)
    place = make(manager, cases)
    assert left_out(app, place) == [(cases[0], "gone")]
    assert zip_of(manager, place).namelist() == ["plan-001.pdf"]
    assert [entry.case_id for entry in entries(app, Kind.PLAN_PRINTED)] == [cases[1]]
    assert "A case that is no longer your team’s" in manager.get(place).text


def test_a_full_disk_ends_the_pack_and_leaves_nothing(
    app: Flask, cast: Cast, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_full(*_values: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("caseapp.packs.files.SealingWriter.write", is_full)
    place = make(manager, open_cases(app, cast, 2))
    assert state_in_list(manager) == "Stopped"
    assert "Make it again" in manager.get(place).text
    assert files_of(app) == []
