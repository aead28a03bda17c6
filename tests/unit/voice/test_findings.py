"""You said, we did: who may write it, what it is linked to, and how it hangs on a wall."""

import io
from uuid import UUID

import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.database import db, transaction
from caseapp.documents.printer import Printer
from caseapp.documents.problems import PrinterClosed
from caseapp.voice.models import FindingHead
from tests.cast import Cast
from tests.filled_partnership import fill_partnership
from tests.shown_forms import shown_form, with_answers
from tests.unit.voice.conftest import ClientOf
from tests.unit.voice.findings import DONE, NEW, SAID, TYPED, add, stored
from tests.unit.voice.test_routes import words
from tests.visits import send

ACTION = "Train every front desk"
LISTED = "/voice/findings"


@pytest.fixture
def action_id(app: Flask, cast: Cast) -> UUID:
    """An action of the plan."""
    with app.app_context(), transaction():
        return UUID(str(fill_partnership(cast)["strategy.action_id"]))


def entries(app: Flask) -> list[str]:
    with app.app_context():
        wanted = select(AuditEntry.detail).where(AuditEntry.kind == "finding_changed")
        return sorted(db.session.scalars(wanted))


def test_a_finding_is_read_by_those_who_hear_and_written_by_the_analyst_alone(
    client_of: ClientOf, analyst: FlaskClient
) -> None:
    place = add(analyst)
    for name in ("assigned_advocate", "manager", "analyst"):
        page = words(client_of(name).get(place))
        for shown in (SAID, DONE, "At the end, April 2026 to May 2026", "Done, 1 June 2026"):
            assert shown in page
        assert SAID in words(client_of(name).get(LISTED))
    for name in ("assigned_advocate", "manager", "administrator"):
        assert client_of(name).get(f"{place}/edit").status_code == 404
        assert send(client_of(name), NEW, **TYPED).status_code == 404
        assert "/edit" not in client_of(name).get(place).text
        assert NEW not in client_of(name).get(LISTED).text


def test_a_finding_is_linked_to_an_action_of_the_plan(
    app: Flask, client_of: ClientOf, analyst: FlaskClient, advocate: FlaskClient, action_id: UUID
) -> None:
    place = add(analyst, action=str(action_id))
    assert [each for each, _ in stored(app)] == [action_id]
    for reader in (analyst, client_of("manager")):
        assert f"/actions/{action_id}" in reader.get(place).text
    page = advocate.get(place)
    assert ACTION in words(page)
    assert str(action_id) not in page.text  # only those who see the board open the plan


def test_an_action_that_there_is_not_is_refused(app: Flask, analyst: FlaskClient) -> None:
    sent = send(analyst, NEW, **TYPED, action="7a39f0a2-9c75-4f2b-8d3c-9a1f2c0b6d11")
    assert sent.status_code == 422
    assert stored(app) == []


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"said": ""}, "Enter what people said"),
        ({"said": "w" * 201}, "200 characters"),
        ({"done": "w" * 301}, "300 characters"),
        ({"done": ""}, "Enter what was done, or why it cannot be done"),
        ({"done": "", "state": "cannot"}, "Enter what was done, or why it cannot be done"),
        ({"since": "2026-05", "until": "2026-04"}, "To must be the same month as From, or later"),
        ({"since": "1999-01"}, "from the list"),
        ({"stage": "nowhere"}, "from the list"),
        ({"on-day": "21"}, "Date must be today or in the past"),
    ],
)
def test_what_cannot_be_right_is_named_and_nothing_typed_is_lost(
    app: Flask, analyst: FlaskClient, typed: dict[str, str], message: str
) -> None:
    sent = send(analyst, NEW, **{**TYPED, **typed})
    assert sent.status_code == 422
    assert message in words(sent)
    assert typed.get("said", SAID) in sent.text
    assert stored(app) == []


def test_a_form_sent_twice_makes_one_finding(app: Flask, analyst: FlaskClient) -> None:
    form = with_answers(shown_form(analyst.get(NEW)), **TYPED)
    assert {analyst.post(NEW, data=form).location for _ in range(2)} == {
        f"{LISTED}/{form['record_id']}"
    }
    assert len(stored(app)) == 1


def test_markup_is_words_like_others(analyst: FlaskClient) -> None:
    place = add(analyst, said="<script>alert(1)</script>")
    for page in (place, LISTED, f"{place}/edit"):
        assert "<script>alert" not in analyst.get(page).text


def test_what_was_changed_stays_to_be_read_and_the_audit_repeats_no_word(
    app: Flask, analyst: FlaskClient
) -> None:
    place = add(analyst, state="being_done")
    form = shown_form(analyst.get(f"{place}/edit"))
    changed = with_answers(form, said="We wait a week.", state="done")
    assert analyst.post(f"{place}/edit", data=changed).location == place
    page = words(analyst.get(place)).split("What was changed")[1]
    assert f"You said was: <bdi>{SAID}</bdi>" in page
    assert "How far is it? was: <bdi>Being done</bdi>" in page
    assert "We did was" not in page
    (_, head), *_ = stored(app)
    assert (head.said, head.state, len(head.changes)) == ("We wait a week.", "done", 1)
    assert entries(app) == [
        '{"state":"being_done","what":"added"}',
        '{"state":"done","what":"changed"}',
    ]


def test_a_form_that_changes_nothing_writes_nothing(app: Flask, analyst: FlaskClient) -> None:
    place = add(analyst)
    analyst.post(f"{place}/edit", data=shown_form(analyst.get(f"{place}/edit")))
    assert stored(app)[0][1].changes == ()
    assert len(entries(app)) == 1


def test_what_somebody_else_saved_meanwhile_is_not_written_over(
    app: Flask, analyst: FlaskClient
) -> None:
    place = add(analyst)
    mine, theirs = (shown_form(analyst.get(f"{place}/edit")) for _ in range(2))
    analyst.post(f"{place}/edit", data=with_answers(theirs, said="We wait a week."))
    sent = analyst.post(f"{place}/edit", data=with_answers(mine, said="We wait a month."))
    assert sent.status_code == 409
    assert "We wait a week." in words(sent)
    assert "We wait a month." in sent.text
    assert stored(app)[0][1].said == "We wait a week."


def test_names_in_a_finding_are_pointed_out_before_it_hangs_on_a_wall(analyst: FlaskClient) -> None:
    place = add(analyst, said="Sagal should ring us.", done="The office in Golborne rings.")
    assert "look again at these words" in words(analyst.get(place))
    for name in ("Sagal", "Golborne"):
        assert name in words(analyst.get(place)).split("may name somebody or a place")[1]
    assert "look again at these words" not in words(analyst.get(add(analyst)))


def test_there_is_no_poster_before_something_is_to_be_said(
    analyst: FlaskClient, advocate: FlaskClient
) -> None:
    place = add(analyst, state="heard", done="")
    assert "There is a poster as soon as it says what was done" in words(advocate.get(place))
    assert "poster.pdf" not in advocate.get(place).text
    assert advocate.get(f"{place}/poster.pdf").status_code == 404


@pytest.mark.parametrize("letters", ["w", "W", "語"])
def test_the_longest_finding_is_a_poster_of_one_page(
    analyst: FlaskClient, advocate: FlaskClient, letters: str
) -> None:
    place = add(analyst, said=letters * 200, done=letters * 300)
    paper = advocate.get(f"{place}/poster.pdf")
    assert paper.status_code == 200
    assert paper.headers["Content-Disposition"] == 'inline; filename="poster.pdf"'
    assert paper.headers["Cache-Control"] == "no-store"
    with pikepdf.open(io.BytesIO(paper.data)) as pdf:
        assert len(pdf.pages) == 1


def test_a_poster_that_cannot_be_printed_is_said_and_the_finding_is_shown(
    analyst: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = add(analyst)
    closed = Printer(workers=1)
    closed.close()
    monkeypatch.setattr("caseapp.voice.finding_routes.printer", closed)
    answer = analyst.get(f"{place}/poster.pdf")
    assert answer.status_code == 503
    assert PrinterClosed.sentence in answer.text
    assert SAID in words(answer)


def test_the_newest_finding_stands_first(app: Flask, analyst: FlaskClient) -> None:
    for day, said in (("1", "The older."), ("9", "The newest."), ("4", "The middle.")):
        add(analyst, **{"on-day": day}, said=said)
    page = words(analyst.get(LISTED))
    assert page.index("The newest.") < page.index("The middle.") < page.index("The older.")


def test_a_finding_holds_no_field_for_a_number_a_case_or_a_person() -> None:
    assert set(FindingHead.__struct_fields__) == {
        "said", "stage", "since", "until", "state", "on", "done", "theme", "changes",
    }  # fmt: skip
