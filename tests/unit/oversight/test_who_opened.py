"""Who opened a record: grouped for a reader, and on a paper that gives nothing away."""

import io
from collections.abc import Callable, Iterator

import pypdfium2
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.oversight.who_opened import PAGE_SIZE, manner_of, openings_of
from tests.cast import Cast

ClientOf = Callable[[str], FlaskClient]
TELLING = ("Zalika", "Quillfeather", "Youth", "violence", "abuse", "police", "robbed", "case")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-05-20 09:00Z", tick=False) as clock:
        yield clock


def see(client: FlaskClient, cast: Cast, page: int = 1) -> str:
    return client.get(f"/cases/{cast.case_id}/who-opened?page={page}").text


def paper(client: FlaskClient, cast: Cast) -> tuple[str, dict[str, str]]:
    answer = client.get(f"/cases/{cast.case_id}/who-opened/list.pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="my-information.pdf"'
    with pypdfium2.PdfDocument(io.BytesIO(answer.data)) as document:
        words = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)
        return words, document.get_metadata_dict()


def test_one_line_for_each_person_and_day(
    client_of: ClientOf, cast: Cast, clock: time_machine.Traveller
) -> None:
    colleague = client_of("colleague")
    for _ in range(3):
        colleague.get(f"/cases/{cast.case_id}")
        clock.shift(60)
    page = see(client_of("manager"), cast)
    assert page.count("<bdi>Colleague</bdi>") == 1
    assert "Case opened, 3 times" in page
    assert "10:00am to 10:02am" in page
    assert "Works in the team of the case" in page


def test_who_was_refused_stands_apart_on_the_page_and_not_on_the_paper(
    client_of: ClientOf, cast: Cast
) -> None:
    client_of("other_team").get(f"/cases/{cast.case_id}")
    manager = client_of("manager")
    opened, refused = see(manager, cast).split("Who was refused</h2>")
    assert "Other Team" not in opened.split("<main")[1]
    assert "Other Team" in refused
    assert "Other Team" not in paper(manager, cast)[0]


def test_the_paper_says_who_when_and_why_in_plain_words(client_of: ClientOf, cast: Cast) -> None:
    client_of("colleague").get(f"/cases/{cast.case_id}")
    words, about = paper(client_of("manager"), cast)
    assert "Colleague, worker" in words
    assert "They read it, at 10:00am. They work with your worker." in words.replace("\r\n", " ")
    assert "20 May 2026" in words
    assert about["Title"] == "My information"


def test_the_paper_gives_nothing_away(client_of: ClientOf, cast: Cast) -> None:
    words, about = paper(client_of("manager"), cast)
    assert [word for word in TELLING if word.lower() in words.lower()] == []
    assert [
        value for name, value in about.items() if value and name not in {"Title", "Producer"}
    ] == []


def test_reading_and_printing_it_are_written_down(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    manager = client_of("manager")
    see(manager, cast)
    paper(manager, cast)
    with app.app_context():
        kinds = list(db.session.scalars(select(AuditEntry.kind)))
    assert kinds.count(Kind.WHO_OPENED_READ) == 2
    assert kinds.count(Kind.WHO_OPENED_PRINTED) == 1


def test_what_a_manager_does_about_a_conflict_is_not_shown_to_the_worker(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    with app.app_context(), transaction():
        for kind in (Kind.CONFLICT_READ, Kind.CONFLICT_SETTLED, Kind.CONFLICT_RENEWED):
            record(kind, actor=cast.other_manager, case_id=cast.case_id)
    assert "Other Manager" not in see(client_of("assigned_advocate"), cast)


@pytest.mark.parametrize("who", ["colleague", "other_team", "analyst", "administrator"])
def test_nobody_else_sees_it(client_of: ClientOf, cast: Cast, who: str) -> None:
    for path in ("", "/list.pdf"):
        assert client_of(who).get(f"/cases/{cast.case_id}/who-opened{path}").status_code == 404


def test_a_long_life_is_paged(
    app: Flask, client_of: ClientOf, cast: Cast, clock: time_machine.Traveller
) -> None:
    with app.app_context():
        for _ in range(PAGE_SIZE + 3):
            clock.shift(-24 * 3600)
            with transaction():
                record(Kind.CASE_OPENED, actor=cast.colleague, case_id=cast.case_id)
    clock.move_to("2026-05-20 09:00Z")
    manager = client_of("manager")
    assert see(manager, cast).count("<bdi>Colleague</bdi>") >= PAGE_SIZE - 2
    assert "<bdi>Colleague</bdi>" in see(manager, cast, 2)
    assert see(manager, cast, 99).count("<bdi>Colleague</bdi>") > 0


def test_every_kind_is_told_as_reading_copying_or_writing() -> None:
    assert manner_of(Kind.CASE_OPENED) == "read"
    assert manner_of(Kind.PLAN_PRINTED) == "copied"
    assert manner_of(Kind.ATTACHMENT_OPENED) == "copied"
    assert manner_of(Kind.NOTE_ADDED) == "wrote"


def test_it_takes_two_statements_however_long_the_record_is(app: Flask, cast: Cast) -> None:
    from sqlalchemy import event

    with app.app_context():
        case = db.session.get_one(Case, cast.case_id)
        with transaction():
            for _ in range(40):
                record(Kind.CASE_OPENED, actor=cast.colleague, case_id=case.id)
        statements: list[str] = []

        def hear(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", hear)
        openings, _ = openings_of(case)
        event.remove(db.engine, "before_cursor_execute", hear)
    assert openings
    assert len([text for text in statements if "audit_entries" in text]) == 1
    assert len(statements) <= 3  # the entries, the names and their keys
