"""Counting opens the sealed cases of the period, all of them, or gives no count."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from caseapp.cases import actions
from caseapp.cases.models import CaseBody
from caseapp.database import db, read_snapshot, transaction
from caseapp.disclosure.tables import ALL, Table
from caseapp.indicators import reading
from caseapp.indicators.catalogue import standard_catalogue
from caseapp.indicators.counting import count
from caseapp.indicators.partners import known_units
from caseapp.indicators.periods import Period
from caseapp.people.models import Person
from caseapp.vault.errors import CannotOpen
from caseapp.vault.owner_keys import owner_keys
from tests.cast import Cast, open_a_case
from tests.filled_case import fill_case

MAY = Period(date(2026, 4, 1), date(2026, 5, 31))
YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))
OTHER = date(2026, 5, 20)
APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    with app.app_context(), read_snapshot() as found:
        yield found


def counts(session: Session, period: Period = MAY) -> Mapping[str, Table]:
    return {table.name: table for table in count(session, period, standard_catalogue())}


def everything(tables: Mapping[str, Table]) -> dict[str, int]:
    """How many units each population has."""
    found: dict[str, int] = {}
    for table in tables.values():
        counted = table.with_margins()
        found[table.population] = counted[(ALL,) * len(table.dimensions)]
    return found


def test_every_population_is_counted_on_either_database(each_engine: tuple[Flask, Cast]) -> None:
    app, cast = each_engine
    with app.app_context():
        fill_case(cast)
        with read_snapshot() as session:
            tables = counts(session, YEAR)
    assert everything(tables) == {
        "cases": 5,  # the one, and those that came in beside it
        "incidents": 1,
        "marac_referrals": 1,
        "referrals": 2,  # one to the clinic and one to the MARAC
        "programmes": 1,
        "children": 1,
        "survey_responses": 10,
        "community_responses": 0,
    }
    assert tables["incidents_by_offence_and_outcome"].counts == {("personal_robbery", "other"): 1}


def test_a_case_of_another_month_is_not_counted(session: Session) -> None:
    assert everything(counts(session))["cases"] == 1
    assert everything(counts(session, APRIL))["cases"] == 0


def test_cases_are_counted_whole_in_however_many_batches(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 2)
    told: list[tuple[int, int]] = []
    with app.app_context():
        with transaction():
            for _ in range(4):
                open_a_case(cast.assigned_advocate)
        with read_snapshot() as session:
            tables = count(
                session,
                MAY,
                standard_catalogue(),
                lambda _step, done, total: told.append((done, total)),
            )
    assert tables[0].counts[("youth_violence", "16_17", "female")] == 5
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_a_person_who_comes_back_is_two_cases(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with transaction():
            actions.create_case(
                uuid4(),
                db.session.get_one(Person, cast.person_id),
                head=actions.first_head(OTHER, ("domestic_abuse",), "self", OTHER),
                body=CaseBody(),
                service="idva",
                risk_level="high",
                team_id=cast.actors["other_team"].team_id,  # type: ignore[arg-type]
                advocate_id=None,
                by=cast.actors["other_team"],
            )
        with read_snapshot() as session:
            cases = counts(session)["theme_by_source"].counts
            idva = list(known_units(session, MAY, standard_catalogue(), "service", "idva"))
            police = list(known_units(session, MAY, standard_catalogue(), "source", "police"))
    assert cases[(ALL, "police")] == cases[(ALL, "self")] == 1
    assert [(each.population, each.month) for each in idva] == [("cases", "2026-05")]
    assert idva[0].unit["theme"] == {"domestic_abuse"}
    assert [each.unit["source"] for each in police] == [{"police"}]


@pytest.mark.parametrize("table", ["cases", "people", "risk_judgements"])
def test_one_changed_byte_and_there_is_no_count(app: Flask, table: str) -> None:
    with app.app_context():
        db.session.execute(text(f"UPDATE {table} SET sealed_head = substr(sealed_head, 1, 40)"))  # noqa: S608
        db.session.commit()
        with read_snapshot() as session, pytest.raises(CannotOpen):
            counts(session)


def test_a_case_whose_key_is_gone_makes_no_count(app: Flask, cast: Cast) -> None:
    with app.app_context():
        db.session.execute(delete(owner_keys).where(owner_keys.c.owner_id == cast.person_id))
        db.session.commit()
        db.session.info["vault"].drop_ciphers([cast.person_id])
        with read_snapshot() as session, pytest.raises(CannotOpen):
            counts(session)
