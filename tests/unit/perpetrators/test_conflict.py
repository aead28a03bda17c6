"""Who is found to be both a client and an alleged perpetrator, and what the manager is told."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select, text

from caseapp.access.actors import Actor
from caseapp.audit.kinds import Kind
from caseapp.cases.actions import change_person
from caseapp.cases.models import Case
from caseapp.database import db, read_snapshot, transaction
from caseapp.people.models import Person, PersonHead, PersonToken
from caseapp.perpetrators import actions
from caseapp.perpetrators.additions import conflicts_due, missing_perpetrators
from caseapp.perpetrators.conflict import WARNING, check_client, open_teams
from caseapp.perpetrators.models import (
    AllegedPerpetrator,
    ConflictCheck,
    Fact,
    PerpetratorHead,
    PerpetratorToken,
)
from tests.cast import Cast, open_a_case
from tests.unit.perpetrators.conftest import ClientOf, kinds_noted
from tests.visits import hidden_fields, send

BORN = date(2009, 3, 27)  # of everybody whom open_a_case takes in


def accuse(
    case_id: UUID, by: Actor, family_name: str, born: date | None = BORN
) -> AllegedPerpetrator:
    head = PerpetratorHead(
        is_known=True, recorded_on=BORN, given_name="X", family_name=family_name,
        date_of_birth=born, violence_types=("physical",),
    )  # fmt: skip
    case = db.session.get_one(Case, case_id)
    return actions.add_perpetrator(uuid4(), case, head, source="person", confidence="likely", by=by)


def found_in(case_id: UUID) -> set[UUID]:
    checks = db.session.scalars(select(ConflictCheck).where(ConflictCheck.case_id == case_id))
    return {team for check in checks for team in open_teams(check.head)}


@pytest.fixture
def house(each_engine: tuple[Flask, Cast]) -> Iterator[Cast]:
    """On both engines, inside a transaction."""
    app, cast = each_engine
    with app.app_context(), transaction():
        yield cast


def test_an_alleged_perpetrator_who_is_a_client_of_another_team_is_found(house: Cast) -> None:
    open_a_case(house.other_team, given_name="Jordan", family_name="Hiddenwood")
    accuse(house.case_id, house.assigned_advocate, "HIDDEN-WOOD")
    assert found_in(house.case_id) == {house.other_team.team_id}


def test_a_client_who_is_an_alleged_perpetrator_elsewhere_is_found(house: Cast) -> None:
    accuse(house.case_id, house.assigned_advocate, "Hiddenwood")
    taken_in = open_a_case(house.other_team, given_name="Jordan", family_name="Hiddenwood")
    check_client(taken_in, house.other_team)
    assert found_in(taken_in.id) == {house.assigned_advocate.team_id}


def test_the_case_that_accused_them_before_they_came_is_warned_too(house: Cast) -> None:
    accuse(house.case_id, house.assigned_advocate, "Hiddenwood")
    accuse(house.case_id, house.assigned_advocate, "Openwood")
    assert found_in(house.case_id) == set()
    taken_in = open_a_case(house.other_team, given_name="Jordan", family_name="Hiddenwood")
    check_client(taken_in, house.other_team)
    assert found_in(house.case_id) == {house.other_team.team_id}
    warned = [check for check in db.session.scalars(select(ConflictCheck)) if
              check.case_id == house.case_id and open_teams(check.head)]  # fmt: skip
    accused = db.session.get_one(AllegedPerpetrator, warned[0].subject_id)
    assert (len(warned), accused.head.family_name) == (1, "Hiddenwood")


def test_a_record_that_is_damaged_keeps_nobody_from_being_taken_in(house: Cast) -> None:
    accuse(house.case_id, house.assigned_advocate, "Hiddenwood")
    db.session.execute(text("UPDATE conflict_checks SET revision = revision + 7"))
    db.session.expire_all()
    taken_in = open_a_case(house.other_team, given_name="Jordan", family_name="Hiddenwood")
    check_client(taken_in, house.other_team)
    assert found_in(taken_in.id) == {house.assigned_advocate.team_id}


def test_nobody_is_found_by_a_family_name_or_a_birthday_alone(house: Cast) -> None:
    open_a_case(house.other_team, given_name="Jordan", family_name="Hiddenwood")
    accuse(house.case_id, house.assigned_advocate, "Hiddenwood", born=None)
    accuse(house.case_id, house.assigned_advocate, "Hiddenwood", born=date(2009, 3, 28))
    accuse(house.case_id, house.assigned_advocate, "Openwood")
    assert found_in(house.case_id) == set()


def test_a_telephone_number_finds_them_however_it_is_written(house: Cast) -> None:
    open_a_case(house.other_team, given_name="Jordan", family_name="Hiddenwood")
    case = db.session.get_one(Case, house.case_id)
    by = house.assigned_advocate
    somebody = accuse(house.case_id, by, "", born=None)
    phone = Fact(
        id=uuid4(), what="phone", text="+44 7700 900-123", source="police",
        confidence="likely", noted_on=BORN, by=by.user_id,
    )  # fmt: skip
    actions.add_fact(case, somebody, phone, by)
    assert found_in(house.case_id) == {house.other_team.team_id}
    actions.end_fact(case, somebody, phone.id, BORN, by)
    assert found_in(house.case_id) == set()


def test_the_victim_is_not_found_as_their_own_conflict(house: Cast) -> None:
    """A brother born on the same day has the name and birthday of the person of the case."""
    accuse(house.case_id, house.assigned_advocate, "Quillfeather")
    assert found_in(house.case_id) == set()


def test_what_is_settled_stays_so_until_another_team_is_found(house: Cast) -> None:
    open_a_case(house.other_team, given_name="Jordan", family_name="Hiddenwood")
    somebody = accuse(house.case_id, house.assigned_advocate, "Hiddenwood")
    case = db.session.get_one(Case, house.case_id)
    check = db.session.scalars(select(ConflictCheck)).one()
    actions.settle_conflict(case, check, "Agreed", house.manager)
    again = {"source": "person", "confidence": "likely", "by": house.assigned_advocate}
    actions.change_perpetrator(case, somebody, somebody.head, **again)  # type: ignore[arg-type]
    assert found_in(case.id) == set()
    open_a_case(house.colleague, given_name="Jo", family_name="Hiddenwood")
    actions.change_perpetrator(case, somebody, somebody.head, **again)  # type: ignore[arg-type]
    assert found_in(case.id) == {house.colleague.team_id}


def test_what_is_settled_of_one_person_is_not_settled_of_another(house: Cast) -> None:
    """A corrected name makes somebody else of them, who may be a client of the same team."""
    for name in ("Hiddenwood", "Coverdale"):
        open_a_case(house.other_team, given_name="Jordan", family_name=name)
    somebody = accuse(house.case_id, house.assigned_advocate, "Hiddenwood")
    case = db.session.get_one(Case, house.case_id)
    check = db.session.scalars(select(ConflictCheck)).one()
    actions.settle_conflict(case, check, "Agreed", house.manager)
    assert found_in(case.id) == set()
    right = replace(somebody.head, family_name="Coverdale")
    by = house.assigned_advocate
    actions.change_perpetrator(case, somebody, right, source="police", confidence="likely", by=by)
    assert found_in(case.id) == {house.other_team.team_id}
    assert [each.words for each in check.body.settlements] == ["Agreed"]


def test_the_tokens_of_the_two_tables_have_nothing_in_common(house: Cast) -> None:
    """Or a thief could lay them side by side and see who is on both sides."""
    open_a_case(house.other_team, given_name="Jordan", family_name="Hiddenwood")
    accuse(house.case_id, house.assigned_advocate, "Hiddenwood")
    clients = set(db.session.scalars(select(PersonToken.token)))
    accused = set(db.session.scalars(select(PerpetratorToken.token)))
    assert clients
    assert accused
    assert clients & accused == set()


def test_the_manager_finds_it_on_today_and_the_advocate_does_not(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with transaction():
            open_a_case(cast.other_team, given_name="Jordan", family_name="Hiddenwood")
            accuse(cast.case_id, cast.assigned_advocate, "Hiddenwood")
            quiet = open_a_case(cast.assigned_advocate)
            accuse(quiet.id, cast.assigned_advocate, "Openwood")
        with read_snapshot() as session:
            due = list(conflicts_due(session, [cast.case_id, quiet.id]))
    assert [(each.case_id, each.kind, each.for_manager) for each in due] == [
        (cast.case_id, "conflict", True)
    ]


def test_a_case_of_domestic_abuse_without_one_is_a_gap(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with transaction():
            bare, told = (open_a_case(cast.assigned_advocate) for _ in range(2))
            bare.service = told.service = "idva"
            accuse(told.id, cast.assigned_advocate, "Somebody")
        with read_snapshot() as session:
            ids = [cast.case_id, bare.id, told.id]
            assert list(missing_perpetrators(session, ids)) == [(bare.id, "perpetrator")]


def test_the_manager_of_the_earlier_case_finds_it_on_today(
    app: Flask, cast: Cast, manager: FlaskClient
) -> None:
    with app.app_context(), transaction():
        accuse(cast.case_id, cast.assigned_advocate, "Hiddenwood")
    path = f"/cases/{cast.case_id}/conflict"
    assert path not in manager.get("/today").text
    with app.app_context(), transaction():
        taken_in = open_a_case(cast.other_team, given_name="Jordan", family_name="Hiddenwood")
        check_client(taken_in, cast.other_team)
    assert path in manager.get("/today").text


def test_the_manager_is_told_whom_to_speak_to_and_the_reading_is_kept(
    app: Flask, cast: Cast, manager: FlaskClient, advocate: FlaskClient
) -> None:
    with app.app_context(), transaction():
        open_a_case(cast.other_team, given_name="Jordan", family_name="Hiddenwood")
        accuse(cast.case_id, cast.assigned_advocate, "Hiddenwood")
    path = f"/cases/{cast.case_id}/conflict"
    page = manager.get(path)
    assert "Domestic abuse" in page.text
    assert "Other Manager" in page.text
    assert "Jordan" not in page.text
    assert Kind.CONFLICT_READ in kinds_noted(app)
    assert advocate.get(path).status_code == 404
    assert WARNING in advocate.get(f"/cases/{cast.case_id}").text
    assert send(manager, path, words="They move to another advocate").status_code == 302
    assert WARNING not in advocate.get(f"/cases/{cast.case_id}").text
    assert "nothing to settle" in manager.get(path).text


@pytest.fixture
def conflict(app: Flask, cast: Cast) -> str:
    """The address of one that is not settled yet."""
    with app.app_context(), transaction():
        open_a_case(cast.other_team, given_name="Jordan", family_name="Hiddenwood")
        accuse(cast.case_id, cast.assigned_advocate, "Hiddenwood")
    return f"/cases/{cast.case_id}/conflict"


def test_a_manager_settles_nothing_that_the_page_did_not_show(
    app: Flask, cast: Cast, manager: FlaskClient, conflict: str
) -> None:
    form = hidden_fields(manager.get(conflict))
    with app.app_context(), transaction():
        open_a_case(cast.other_team, given_name="Jo", family_name="Coverdale")
        accuse(cast.case_id, cast.assigned_advocate, "Coverdale")
    met = manager.post(conflict, data={**form, "words": "They move to Ada"})
    assert met.status_code == 409
    assert "X Coverdale" in met.text
    assert "They move to Ada" in met.text
    with app.app_context():
        assert found_in(cast.case_id) == {cast.other_team.team_id}
    again = {**hidden_fields(met), "words": "They move to Ada"}
    assert manager.post(conflict, data=again).status_code == 302
    with app.app_context():
        assert found_in(cast.case_id) == set()


def test_a_check_that_was_only_sealed_anew_keeps_nobody_from_settling(
    app: Flask, cast: Cast, manager: FlaskClient, conflict: str
) -> None:
    form = hidden_fields(manager.get(conflict))
    with app.app_context(), transaction():
        check_client(open_a_case(cast.other_team, family_name="Nobody"), cast.other_team)
    assert manager.post(conflict, data={**form, "words": "Agreed"}).status_code == 302


def test_what_a_second_manager_wrote_is_not_said_to_be_saved(
    manager: FlaskClient, conflict: str
) -> None:
    form = hidden_fields(manager.get(conflict))
    assert manager.post(conflict, data={**form, "words": "First words"}).status_code == 302
    late = manager.post(conflict, data={**form, "words": "Second words"})
    assert late.status_code == 409
    assert "First words" in late.text
    assert "Second words" in late.text


def test_all_that_was_agreed_can_be_read_by_managers_alone(
    app: Flask, cast: Cast, manager: FlaskClient, advocate: FlaskClient, conflict: str, place: str
) -> None:
    assert send(manager, conflict, words="First words").status_code == 302
    with app.app_context(), transaction():
        open_a_case(cast.colleague, given_name="Jo", family_name="Hiddenwood")
        person = db.session.get_one(Person, cast.person_id)
        case = db.session.get_one(Case, cast.case_id)
        change_person(case, person, person.head, person.body, cast.assigned_advocate)
    assert send(manager, conflict, words="Second words").status_code == 302
    page = manager.get(conflict).text
    assert page.index("First words") < page.index("Second words")
    assert "Manager" in page
    assert conflict in manager.get(place).text
    assert conflict not in advocate.get(place).text


def test_a_colleague_is_not_shown_the_warning(app: Flask, cast: Cast, client_of: ClientOf) -> None:
    with app.app_context(), transaction():
        open_a_case(cast.other_team, given_name="Jordan", family_name="Hiddenwood")
        accuse(cast.case_id, cast.assigned_advocate, "Hiddenwood")
    assert WARNING not in client_of("colleague").get(f"/cases/{cast.case_id}").text


def test_a_person_whose_details_change_into_somebody_accused_is_found(
    app: Flask, cast: Cast, advocate: FlaskClient
) -> None:
    with app.app_context(), transaction():
        other = open_a_case(cast.other_team, given_name="Ada", family_name="Victim")
        accuse(other.id, cast.other_team, "Newname")
    path = f"/cases/{cast.case_id}/person/edit"
    answers = {
        "given_name": "Zalika",
        "family_name": "Newname",
        "date_of_birth-day": "27",
        "date_of_birth-month": "3",
        "date_of_birth-year": "2009",
        "sex": "female",
        "ethnicity": "black_caribbean",
        "ward": "E05009394",
        "residence": "in_borough",
    }
    saved = advocate.post(path, data={**hidden_fields(advocate.get(path)), **answers})
    assert saved.status_code == 302
    assert WARNING in advocate.get(saved.location).text  # at once
    assert WARNING in advocate.get(f"/cases/{cast.case_id}").text  # and from then on


def test_a_person_of_whom_too_little_is_known_is_checked_all_the_same(house: Cast) -> None:
    case = db.session.get_one(Case, house.case_id)
    person = db.session.get_one(Person, house.person_id)
    person.head = PersonHead(given_name="Z")
    check_client(case, house.assigned_advocate)
    assert found_in(case.id) == set()
    assert len(db.session.scalars(select(ConflictCheck)).all()) == 1
