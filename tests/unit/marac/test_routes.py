"""Referring to the MARAC, its meeting and actions, and telling the person."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.cases.actions import change_person
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db, transaction
from caseapp.marac.models import MaracAction, MaracReferral
from caseapp.marac.queries import dues_of
from caseapp.people.models import Person
from caseapp.sharing.models import SharingEntry
from tests.cast import Cast
from tests.shown_forms import shown_form, with_answers
from tests.unit.marac.conftest import CHILD, PERPETRATOR

ClientOf = Callable[[str], FlaskClient]
CONDITIONAL = {"why_without_consent", "necessity", "why_not_told"}  # empty where they agreed
AGREED = {
    "is_repeat": "no",
    "consent": "given",
    "person_told": "yes",
    "wishes": "To stay in her home.",
}
DATES = {"referred_on-month", "referred_on-year"}  # a date is one answer in three boxes


def day(name: str, on: date) -> dict[str, str]:
    return {
        f"{name}-day": str(on.day),
        f"{name}-month": str(on.month),
        f"{name}-year": str(on.year),
    }


def refer(client: FlaskClient, place: str, **answers: str) -> str:
    """The address of the new referral."""
    form = shown_form(client.get(f"{place}/new"))
    sent = client.post(f"{place}/new", data=with_answers(form, **(AGREED | answers)))
    assert sent.status_code == 302, sent.text
    return sent.location


def referral(app: Flask) -> MaracReferral:
    with app.app_context():
        found = db.session.scalars(select(MaracReferral)).one()
        assert found.head.criteria
        assert found.body.person
        return found


def due_kinds(app: Flask, cast: Cast) -> list[str]:
    with app.app_context():
        return [due.kind for due in dues_of(db.session(), [cast.case_id])]


def send(client: FlaskClient, path: str, **answers: str | list[str]) -> int:
    form = shown_form(client.get(path))
    return client.post(path, data=with_answers(form, **answers)).status_code


def test_four_fifths_of_a_referral_are_filled_in_from_the_record(
    advocate: FlaskClient, known: UUID, place: str
) -> None:
    page = advocate.get(f"{place}/new")
    form = shown_form(page)
    asked = set(page.text.split('name="')[1:])
    names = {part.split('"')[0] for part in asked} - DATES - CONDITIONAL
    names -= {"csrf_token", "record_id", "revision", "seen", "draft", "viewport", "theme-color"}
    filled = {name for name in names if form.get(name, "").strip()}
    print(f"{len(filled)} of {len(names)} questions are filled in")
    assert len(filled) / len(names) >= 0.8, sorted(names - filled)
    for words in (PERPETRATOR, CHILD, "15", "At the door.", "He has a key.", "Housing office"):
        assert words in page.text


def test_a_referral_stands_in_the_sharing_log_and_nothing_was_typed_twice(
    app: Flask, advocate: FlaskClient, known: UUID, place: str
) -> None:
    refer(advocate, place)
    made = referral(app)
    assert made.head.perpetrator_id == known
    assert made.head.violence_types == ("physical", "controlling")
    assert set(made.head.criteria) >= {"visible_high_risk", "escalation"}
    with app.app_context():
        shared = [each.head.with_whom for each in db.session.scalars(select(SharingEntry))]
    assert sorted(shared) == ["Housing office", "MARAC"]


def test_the_perpetrator_and_the_type_of_violence_must_be_told(
    advocate: FlaskClient, known: UUID, place: str
) -> None:
    form = shown_form(advocate.get(f"{place}/new"))
    for name in ("violence_types", "perpetrator_id", "criteria"):
        del form[name]
    page = advocate.post(f"{place}/new", data=with_answers(form, perpetrator="", **AGREED))
    assert page.status_code == 422
    for words in ("at least one type of violence", "Choose who, or that it is not known",
                  "that nothing is", "at least one reason"):  # fmt: skip
        assert words in page.text


@pytest.mark.parametrize(
    ("answer", "told"),
    [(None, ""), (False, "No interpreter needed"), (True, "Needs an interpreter")],
)
def test_the_meeting_is_told_of_an_interpreter_only_what_somebody_was_asked(
    app: Flask, advocate: FlaskClient, cast: Cast, place: str, answer: bool | None, told: str
) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        person = db.session.get_one(Person, cast.person_id)
        body = replace(person.body, interpreter_needed=answer)
        change_person(case, person, person.head, body, cast.assigned_advocate)
    assert shown_form(advocate.get(f"{place}/new"))["needs"] == told


def test_a_referral_against_their_will_needs_its_reasons(
    advocate: FlaskClient, known: UUID, place: str
) -> None:
    form = shown_form(advocate.get(f"{place}/new"))
    page = advocate.post(
        f"{place}/new", data=with_answers(form, **(AGREED | {"consent": "refused"}))
    )
    assert page.status_code == 422
    assert "Say why you share this without their agreement" in page.text
    assert "To stay in her home." in page.text


def test_a_repeat_is_found_by_itself_after_the_first_referral(
    advocate: FlaskClient, known: UUID, place: str, app: Flask
) -> None:
    refer(advocate, place, **day("referred_on", today() - timedelta(days=30)))
    form = shown_form(advocate.get(f"{place}/new"))
    assert "repeat" in form.getlist("criteria")
    assert form["is_repeat"] == "yes"


def test_the_meeting_its_actions_and_the_feedback_follow_each_other(
    app: Flask, advocate: FlaskClient, cast: Cast, known: UUID, place: str
) -> None:
    url = refer(advocate, place, **day("referred_on", today() - timedelta(days=9)))
    soon = day("meeting_on", today() + timedelta(days=5))
    assert send(advocate, f"{url}/meeting", was_heard="no", **soon) == 302
    assert due_kinds(app, cast) == ["marac_meeting"]
    held = day("meeting_on", today() - timedelta(days=2))
    told = {"was_heard": "yes", "outcome": "Locks will be changed."}
    assert send(advocate, f"{url}/meeting", **told, **held) == 302
    assert due_kinds(app, cast) == ["marac_feedback"]
    owner, by = str(cast.assigned_advocate.user_id), day("due_on", today())
    assert send(advocate, f"{url}/actions/new", what="Change the locks", owner=owner, **by) == 302
    assert sorted(due_kinds(app, cast)) == ["marac_action", "marac_feedback"]
    with app.app_context():
        action_id = db.session.scalars(select(MaracAction.id)).one()
    changed = f"{url}/actions/{action_id}"
    assert send(advocate, changed, is_done="yes", result="Done by the landlord.") == 302
    how = {"channel": "in_person_at_ours", "words": "She is glad of the locks."}
    assert send(advocate, f"{url}/feedback", why_not_safe="She came to us.", **how) == 302
    assert due_kinds(app, cast) == []
    page = advocate.get(url).text
    assert "She is glad of the locks." in page
    assert "Done on" in page


def test_an_action_has_one_owner(
    advocate: FlaskClient, cast: Cast, known: UUID, place: str
) -> None:
    url = refer(advocate, place)
    by, owner = day("due_on", today()), str(cast.colleague.user_id)
    new = f"{url}/actions/new"
    assert send(advocate, new, what="Visit", **by) == 422
    assert send(advocate, new, what="Visit", owner=owner, agency="Police", **by) == 422
    assert send(advocate, new, what="Visit", agency="Police", **by) == 302


def test_an_unsafe_way_of_telling_them_needs_a_reason_that_is_audited(
    app: Flask, advocate: FlaskClient, cast: Cast, known: UUID, place: str
) -> None:
    url = refer(advocate, place)
    held = day("meeting_on", today())
    assert send(advocate, f"{url}/meeting", was_heard="yes", **held) == 302
    how = {"channel": "letter", "words": "Sent the plan."}
    assert send(advocate, f"{url}/feedback", **how) == 422
    assert send(advocate, f"{url}/feedback", why_not_safe="She asked for it.", **how) == 302
    with app.app_context():
        kinds = db.session.scalars(
            select(AuditEntry.kind).where(AuditEntry.case_id == cast.case_id)
        ).all()
    assert "safe_contact_overridden" in kinds


def test_two_people_who_correct_a_referral_lose_nothing(
    client_of: ClientOf, advocate: FlaskClient, known: UUID, place: str, app: Flask
) -> None:
    edit = f"{refer(advocate, place)}/edit"
    manager = client_of("manager")
    slow, quick = shown_form(manager.get(edit)), shown_form(advocate.get(edit))
    assert advocate.post(edit, data=with_answers(quick, wishes="Hers")).status_code == 302
    met = manager.post(edit, data=with_answers(slow, wishes="His"))
    assert met.status_code == 409
    assert "Hers" in met.text
    assert "His" in met.text
    assert referral(app).body.wishes == "Hers"


def test_a_corrected_agreement_is_corrected_in_the_sharing_log_and_goes_to_a_senior(
    advocate: FlaskClient, known: UUID, place: str, app: Flask, cast: Cast
) -> None:
    edit = f"{refer(advocate, place)}/edit"
    assert send(advocate, edit, wishes="Only the locks.") == 302
    against = {"why_without_consent": "He has a key.", "necessity": "Nothing less helps."}
    assert send(advocate, edit, consent="refused", consent_basis="public_task", **against) == 302
    with app.app_context():
        entries = db.session.scalars(select(SharingEntry)).all()
        told = [(e.head.consent, e.for_senior) for e in entries if e.head.with_whom == "MARAC"]
    assert sorted(told) == [("given", False), ("refused", True)]


def test_the_printed_referral_says_what_the_meeting_needs_and_has_a_neutral_name(
    advocate: FlaskClient, known: UUID, place: str, app: Flask, cast: Cast
) -> None:
    paper = advocate.get(f"{refer(advocate, place)}/referral.pdf")
    assert paper.mimetype == "application/pdf"
    assert paper.headers["Content-Disposition"] == 'inline; filename="referral.pdf"'
    document = pypdfium2.PdfDocument(io.BytesIO(paper.data))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    for words in (PERPETRATOR, CHILD, "To stay in her home", "DASH score"):
        assert words in text
    assert document.get_metadata_dict()["Title"] == "Referral"
    document.close()


@pytest.mark.parametrize("who", ["colleague", "other_team", "other_manager", "analyst"])
def test_only_who_may_see_the_perpetrator_sees_a_referral(
    client_of: ClientOf, advocate: FlaskClient, known: UUID, place: str, who: str
) -> None:
    url = refer(advocate, place)
    client = client_of(who)
    for path in (place, f"{place}/new", url, f"{url}/referral.pdf", f"{url}/meeting"):
        assert client.get(path).status_code == 404
    if who == "colleague":
        timeline = client.get(place.removesuffix("/marac")).text
        assert "Referred to the MARAC" in timeline
        assert PERPETRATOR not in timeline
