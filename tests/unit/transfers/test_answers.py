"""Who may ask a team to take a case over, who may answer, and what is refused."""

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.people.models import Person
from caseapp.transfers.models import Transfer
from tests import closings
from tests.cast import open_a_case
from tests.unit.transfers.transfer_scene import NO, NOTE, YES, Scene
from tests.visits import hidden_fields


def test_the_other_manager_sees_what_they_need_and_nothing_else(small: Scene) -> None:
    small.ask()
    manager = small.client("other_manager")
    for path in ("/transfers", small.path):
        page = manager.get(path).text
        assert small.transfer().head.reference in page
        assert "High risk" in page
        assert "Quillfeather" not in page
        assert "Robbed twice" not in page
    assert NOTE in manager.get(small.path).text


def test_each_reading_of_the_note_is_written_down(small: Scene) -> None:
    small.ask()
    small.client("other_manager").get(small.path)
    with small.app.app_context():
        read = select(AuditEntry).where(AuditEntry.kind == "transfer_read")
        entry = db.session.scalars(read).one()
    assert (entry.case_id, entry.chain_id) == (small.cast.case_id, small.teams()[1])
    assert entry.reason == "leads_team"


def test_a_declined_case_stays_and_its_team_reads_why(small: Scene) -> None:
    small.ask()
    assert small.answer(**NO).location == "/transfers"
    assert small.case().team_id == small.cast.manager.team_id
    page = small.client("assigned_advocate").get(f"{small.place}/transfer").text
    assert NO["words"] in page
    assert small.ask().location == small.place  # and may ask again


@pytest.mark.parametrize(
    ("answers", "reader", "title"),
    [
        ({**YES, "words": "Glad to"}, "other_team", "The other team took the case over"),
        (NO, "colleague", "The other team did not take the case over"),
    ],
)
def test_the_note_and_the_answer_stand_in_the_timeline_of_whoever_has_the_case_now(
    small: Scene, answers: dict[str, str], reader: str, title: str
) -> None:
    small.ask()
    assert "Waiting for an answer" in small.client("colleague").get(small.place).text
    small.answer(**answers)
    page = small.client(reader).get(small.place).text
    assert NOTE in page
    assert title in page
    assert answers["words"] in page
    assert "Waiting for an answer" not in page


def test_a_no_waits_on_the_day_of_whoever_asked_until_they_have_read_it(small: Scene) -> None:
    small.ask()
    asked, words = small.client("assigned_advocate"), "Read why the other team does not take"
    assert words not in asked.get("/today").text
    small.answer(**NO)
    assert words in asked.get("/today").text
    assert words not in small.client("other_manager").get("/today").text
    page = asked.get(f"{small.place}/transfer")
    assert "I have read the answer" in page.text
    token = {"csrf_token": hidden_fields(page)["csrf_token"]}
    for _ in range(2):  # sent twice is read once
        done = asked.post(f"{small.place}/transfer/{small.transfer().id}/read", data=token)
        assert done.location == small.place
    assert words not in asked.get("/today").text
    assert "I have read the answer" not in asked.get(f"{small.place}/transfer").text
    with small.app.app_context():
        read = select(AuditEntry).where(AuditEntry.kind == "transfer_read")
        mine = read.where(AuditEntry.actor_id == small.cast.assigned_advocate.user_id)
        assert db.session.scalars(mine).one().reason == "assigned"


def test_who_asks_another_time_need_not_say_that_they_read_the_first_answer(small: Scene) -> None:
    small.ask()
    small.answer(**NO)
    small.ask()
    assert "Read why" not in small.client("assigned_advocate").get("/today").text


def test_a_transfer_of_another_case_is_not_read_through_ones_own(small: Scene) -> None:
    small.ask()
    small.answer(**NO)
    with small.app.app_context(), transaction():
        own = open_a_case(small.cast.colleague).id
    client = small.client("colleague")
    token = {"csrf_token": hidden_fields(client.get(f"/cases/{own}/transfer"))["csrf_token"]}
    path = f"/cases/{own}/transfer/{small.transfer().id}/read"
    assert client.post(path, data=token).status_code == 404
    assert small.transfer().head.answer_read_on is None


def test_saying_no_asks_why(small: Scene) -> None:
    small.ask()
    page = small.answer(answer="declined")
    assert page.status_code == 422
    assert "Say why your team does not take it over" in page.text


def test_a_team_is_asked_once_at_a_time(small: Scene) -> None:
    small.ask()
    client = small.client("manager")
    hidden = hidden_fields(client.get(f"{small.place}/person/edit"))
    sent = small.asked(**{**hidden, "note": "Mine", "record_id": str(UUID(int=7))})
    page = client.post(f"{small.place}/transfer", data=sent)
    assert page.status_code == 422
    assert "A team is asked already" in page.text
    assert "Mine" in page.text
    assert small.transfer().body.note == NOTE


def test_a_request_sent_twice_is_one_request(small: Scene) -> None:
    small.ask()
    sent = {"record_id": str(small.transfer().id)}
    assert small.ask(**sent).location == small.place
    assert small.transfer().status == "asked"  # and there is no second one


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"to_team": ""}, "Choose a team"),
        ({"to_team": str(UUID(int=3))}, "from the list"),
        ({"why": ""}, "Enter why"),
        ({"note": " "}, "Enter a hand-over note"),
        ({"note": "x" * 10_001}, "10,000"),
        ({"consent": ""}, "Choose whether they agreed"),
        ({"person_told": ""}, "Choose whether they know"),
    ],
)
def test_a_request_that_cannot_be_right_is_refused_beside_the_question(
    small: Scene, answers: dict[str, str], message: str
) -> None:
    page = small.ask(**answers)
    assert page.status_code == 422
    assert message in page.text
    with small.app.app_context():
        assert db.session.scalars(select(Transfer)).all() == []


def test_a_case_is_not_transferred_to_its_own_team(small: Scene) -> None:
    page = small.ask(to_team=str(small.teams()[0]))
    assert page.status_code == 422
    assert "in this team already" in page.text
    assert NOTE in page.text


def test_a_service_for_another_age_is_not_asked(small: Scene) -> None:
    with small.app.app_context(), transaction():
        person = db.session.get_one(Person, small.cast.person_id)
        person.head = replace(person.head, date_of_birth=date(2014, 1, 1))
        record(Kind.PERSON_CHANGED, actor=None, case_id=small.cast.case_id)
    page = small.ask()
    assert page.status_code == 422
    assert "aged 16 or over" in page.text


def test_a_closed_case_is_not_transferred(small: Scene) -> None:
    client = small.client("assigned_advocate")
    hidden = hidden_fields(client.get(f"{small.place}/transfer"))
    with small.app.app_context(), transaction():
        closings.close(db.session.get_one(Case, small.cast.case_id), small.cast.manager)
    page = client.post(f"{small.place}/transfer", data=small.asked(**hidden))
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert NOTE in page.text


def test_a_case_that_was_closed_meanwhile_is_not_taken_over(small: Scene) -> None:
    small.ask()
    with small.app.app_context(), transaction():
        closings.close(db.session.get_one(Case, small.cast.case_id), small.cast.manager)
    page = small.answer(**YES, words="Glad to")
    assert page.status_code == 409
    assert "closed or has moved" in page.text
    assert "Glad to" in page.text
    assert small.case().team_id == small.teams()[0]
    assert small.transfer().status == "asked"


def test_what_was_answered_is_not_withdrawn(small: Scene) -> None:
    small.ask()
    small.answer(**NO)
    small.withdraw()
    assert small.transfer().status == "declined"


@pytest.mark.parametrize("who", ["manager", "assigned_advocate", "other_team", "analyst"])
def test_only_the_manager_of_the_team_that_is_asked_answers(small: Scene, who: str) -> None:
    small.ask()
    client = small.client(who)
    page = client.get(small.path)
    assert (page.status_code, page.data) == (404, client.get(f"/transfers/{UUID(int=1)}").data)


@pytest.mark.parametrize("who", ["colleague", "other_manager"])
def test_only_who_works_the_case_asks(small: Scene, who: str) -> None:
    assert small.client(who).get(f"{small.place}/transfer").status_code == 404


def test_the_advocate_is_one_of_the_team_that_takes_it_over(small: Scene) -> None:
    small.ask()
    page = small.answer(**YES, advocate=str(small.cast.colleague.user_id))
    assert page.status_code == 422
    assert small.case().team_id == small.teams()[0]
