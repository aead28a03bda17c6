"""Writing in a case: what cannot be right, what was sent twice, and two people at once."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.people.forms import PersonForm
from caseapp.people.models import NeedsFlag, Person
from tests.cast import Cast
from tests.closings import close
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]

TODAY = {"-day": "20", "-month": "5", "-year": "2026"}
NEED = {"code": "stammer", "status": "suspected", "source": "worker", "what_helps": "Time."}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-05-20 09:00Z"):
        yield


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def place(cast: Cast) -> str:
    return f"/cases/{cast.case_id}"


WRITING: dict[str, tuple[str, dict[str, str], type[Any]]] = {
    "a need": ("flags/new/slcn", NEED, NeedsFlag),
}


def how_many(app: Flask, model: type[Any]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(model.id))) or 0


@pytest.mark.parametrize("what", WRITING)
def test_what_is_sent_twice_is_saved_once(
    app: Flask, advocate: FlaskClient, place: str, what: str
) -> None:
    path, answers, model = WRITING[what]
    before = how_many(app, model)
    sent = {**hidden_fields(advocate.get(f"{place}/{path}")), **answers}
    pages = [advocate.post(f"{place}/{path}", data=sent) for _ in range(2)]
    assert [page.status_code for page in pages] == [302, 302]
    assert how_many(app, model) == before + 1


@pytest.mark.parametrize("what", WRITING)
def test_what_is_sent_without_the_token_of_the_session_is_not_saved(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, place: str, what: str
) -> None:
    path, answers, model = WRITING[what]
    before = how_many(app, model)
    foreign = hidden_fields(client_of("manager").get(f"{place}/{path}"))
    for token in ("", "x", foreign["csrf_token"]):
        page = advocate.post(f"{place}/{path}", data={**answers, "csrf_token": token})
        assert page.status_code == 400
    assert how_many(app, model) == before


@pytest.mark.parametrize(
    ("path", "answers", "message"),
    [
        ("flags/new/slcn", {**NEED, "code": ""}, "Choose a need"),
    ],
)
def test_what_cannot_be_right_is_refused_and_what_was_typed_stays(
    app: Flask, advocate: FlaskClient, place: str, path: str, answers: dict[str, str], message: str
) -> None:
    page = send(advocate, f"{place}/{path}", **answers)
    assert page.status_code == 422
    assert message in page.text
    long_answers = [text for text in answers.values() if len(text.strip()) > 10]
    assert [text for text in long_answers if text not in page.text] == []


def test_the_second_of_two_who_edit_the_person_sees_both(
    app: Flask, advocate: FlaskClient, client_of: ClientOf, cast: Cast, place: str
) -> None:
    path, manager = f"{place}/person/edit", client_of("manager")
    answers = person_answers(app, cast)
    seen = hidden_fields(manager.get(path))
    assert send(advocate, path, **{**answers, "school": "Westway College"}).status_code == 302
    page = manager.post(path, data={**seen, **answers, "school": "Canalside School"})
    assert page.status_code == 409
    assert "Westway College" in page.text
    assert "Canalside School" in page.text


VOLUNTARY = {
    "gender_identity": "different",
    "gender_in_words": "Non-binary",
    "sexual_orientation": "prefer_not_to_say",
    "immigration_status": "family_visa",
    "public_funds": "no_recourse",
    "other_borough": "E09000005",
}


def test_what_nobody_has_to_answer_is_kept_shown_and_may_be_left_unasked(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    page = advocate.get(f"{place}/person")
    for key in ("Gender identity", "Sexual orientation", "Immigration status", "Public funds"):
        assert fact(page, key) == "Not asked"
    sent = {**person_answers(app, cast), **VOLUNTARY, "residence": "outside_borough"}
    assert send(advocate, f"{place}/person/edit", **sent).status_code == 302
    page = advocate.get(f"{place}/person")
    assert fact(page, "Gender identity") == "Different from the sex registered at birth"
    assert fact(page, "Gender, in their own words") == "Non-binary"
    assert fact(page, "Sexual orientation") == "Prefers not to say"
    assert fact(page, "Immigration status") == "Visa that depends on a partner or relative"
    assert fact(page, "Public funds") == "No recourse to public funds"
    assert fact(page, "Other borough") == "Brent"


def test_nobody_lives_in_the_borough_and_in_another_one(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    sent = {**person_answers(app, cast), "other_borough": "E09000005", "residence": "in_borough"}
    page = send(advocate, f"{place}/person/edit", **sent)
    assert page.status_code == 422
    assert "You chose another borough" in page.text


@pytest.mark.parametrize("path", ["/cases/new", "/referrals-in/new"])
def test_what_nobody_has_to_answer_is_folded_away_when_somebody_comes(
    advocate: FlaskClient, path: str
) -> None:
    page = advocate.get(path).text
    folded = "".join(re.findall(r'<details class="govuk-details">(.*?)</details>', page, re.DOTALL))
    assert [name for name in VOLUNTARY if f'name="{name}"' not in folded] == []


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, "Not asked"),
        ({"interpreter_needed": "no"}, "Not needed"),
        ({"interpreter_needed": "yes"}, "Needed"),
    ],
)
def test_whether_an_interpreter_is_needed_is_kept_as_it_was_answered(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, answers: dict[str, str], shown: str
) -> None:
    sent = {**person_answers(app, cast), **answers}
    assert send(advocate, f"{place}/person/edit", **sent).status_code == 302
    assert fact(advocate.get(f"{place}/person"), "Interpreter") == shown


def fact(page: TestResponse, key: str) -> str:
    """What a summary list of the page says beside these words."""
    value = re.search(rf">\s*{key}\s*</dt>\s*<dd[^>]*>(.*?)</dd>", page.text, re.DOTALL)
    return value[1].strip() if value else ""


def person_answers(app: Flask, cast: Cast) -> dict[str, str]:
    """The person as the form would send them back."""
    with app.test_request_context():
        person = db.session.get_one(Person, cast.person_id)
        stored = PersonForm.stored(person.head, person.body)
    plain = {name: value for name, value in stored.items() if isinstance(value, str)}
    return {
        **plain,
        "date_of_birth-day": "27",
        "date_of_birth-month": "3",
        "date_of_birth-year": "2009",
    }


def test_a_need_goes_through_its_steps(app: Flask, advocate: FlaskClient, place: str) -> None:
    send(advocate, f"{place}/flags/new/slcn", **NEED)
    with app.app_context():
        path = f"{place}/flags/{db.session.scalars(select(NeedsFlag.id)).one()}"
    on = {f"on{part}": value for part, value in TODAY.items()}
    assert send(advocate, path, **on, status="diagnosed", has_ended="no").status_code == 302
    assert send(advocate, path, **on, status="diagnosed", has_ended="yes").status_code == 302
    page = send(advocate, path, **on, status="diagnosed", has_ended="no")
    assert page.status_code == 422
    assert "This need has ended" in page.text
    before_last = send(advocate, path, **{**on, "on-day": "1"}, has_ended="no")
    assert before_last.status_code == 422


@pytest.fixture
def need_path(app: Flask, advocate: FlaskClient, place: str) -> str:
    send(advocate, f"{place}/flags/new/slcn", **NEED)
    with app.app_context():
        return f"{place}/flags/{db.session.scalars(select(NeedsFlag.id)).one()}"


def the_need(app: Flask) -> NeedsFlag:
    with app.app_context():
        flag = db.session.scalars(select(NeedsFlag)).one()
        _ = flag.head, flag.body
        return flag


def test_a_review_that_is_sent_twice_adds_one_step_and_shows_what_happened(
    app: Flask, advocate: FlaskClient, need_path: str
) -> None:
    on = {f"on{part}": value for part, value in TODAY.items()}
    sent = {**hidden_fields(advocate.get(need_path)), **on, "status": "diagnosed"}
    sent |= {"has_ended": "no", "what_helps": "Time."}
    first, second = (advocate.post(need_path, data=sent) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert "reviewed, diagnosed" in second.text
    assert [step.what for step in the_need(app).body.steps] == ["raised", "reviewed"]


def test_what_helps_is_put_right_at_a_review_and_what_was_said_before_is_kept(
    app: Flask, advocate: FlaskClient, need_path: str
) -> None:
    on = {f"on{part}": value for part, value in TODAY.items()}
    told = {"status": "suspected", "has_ended": "no", "what_helps": "Pictures."}
    assert send(advocate, need_path, **on, **told).status_code == 302
    assert the_need(app).body.what_helps == "Pictures."
    assert "What helped until then: Time." in advocate.get(need_path).text


def test_a_disability_says_how_long_and_how_much_it_limits_them(
    app: Flask, advocate: FlaskClient, place: str
) -> None:
    """The indicator of disability counts by both, so whoever reads the record sees them."""
    told = {"code": "vision", "long_lasting": "yes", "limits": "a_lot", "source": "worker"}
    assert send(advocate, f"{place}/flags/new/disability", **told).status_code == 302
    flag_path = f"{place}/flags/{the_need(app).id}"
    for path in (f"{place}/person", flag_path):
        page = advocate.get(path).text
        assert "Lasts 12 months or more" in page
        assert "Limits them day to day: yes, a lot" in page


@pytest.mark.parametrize("path", ["person/edit", "flags/new/slcn", "need"])
def test_a_closed_case_takes_nothing_about_the_person_and_says_so(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, need_path: str, path: str
) -> None:
    on = {f"on{part}": value for part, value in TODAY.items()}
    answers = {
        "person/edit": {**person_answers(app, cast), "school": "Westway College"},
        "flags/new/slcn": {**NEED, "code": "autism"},
        "need": {**on, "status": "diagnosed", "has_ended": "yes"},
    }[path]
    with app.app_context(), transaction():
        close(db.session.get_one(Case, cast.case_id), cast.manager)
    page = send(advocate, need_path if path == "need" else f"{place}/{path}", **answers)
    assert page.status_code == 422
    assert "This case is closed" in page.text
    assert (how_many(app, NeedsFlag), len(the_need(app).body.steps)) == (1, 1)
    shown = advocate.get(f"{place}/person").text
    assert "Stammer" in shown
    assert "Westway College" not in shown
    for link in ("person/edit", "flags/new", need_path):
        assert link not in shown


def test_a_case_is_allocated_to_those_whom_the_page_offers_alone(
    app: Flask, client_of: ClientOf, cast: Cast, place: str
) -> None:
    manager = client_of("manager")
    for stranger in (cast.other_team, cast.manager, cast.nobody):
        page = send(manager, f"{place}/allocate", advocate=str(stranger.user_id))
        assert page.status_code == 422
    assert send(manager, f"{place}/allocate", advocate=str(cast.colleague.user_id)).location == (
        place
    )
    with app.app_context():
        assert db.session.get_one(Case, cast.case_id).advocate_id == cast.colleague.user_id


def test_a_case_does_not_close_before_it_opened(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str
) -> None:
    on = {"on-day": "3", "on-month": "5", "on-year": "2026"}
    page = send(advocate, f"{place}/close", reason="needs_met", risk_level="high", **on)
    assert page.status_code == 422
    assert "The case cannot close before it opened" in page.text
    with app.app_context():
        assert db.session.get_one(Case, cast.case_id).is_open
