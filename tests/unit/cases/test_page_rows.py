"""What the case page reads at once is what the rows hold, and takes as few statements for many
cases as for few."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from caseapp.cases.contributions import page_kinds
from caseapp.cases.models import Case
from caseapp.cases.page_rows import read_page_rows
from caseapp.cases.queries import rows_in
from caseapp.contacts.models import Note
from caseapp.database import db, transaction
from caseapp.people.models import NeedsFlag, Person
from caseapp.people.queries import flags_of
from caseapp.vault.errors import CannotOpen
from tests.cast import Cast, open_a_case
from tests.filled_case import fill_case
from tests.statements import counted_statements
from tests.visits import send

MOST_OF_A_FULL_PAGE = 15


def test_what_is_read_at_once_is_what_the_rows_hold(each_engine: tuple[Flask, Cast]) -> None:
    app, cast = each_engine
    with app.app_context():
        fill_case(cast)
        case = db.session.get_one(Case, cast.case_id)
        read = read_page_rows(case)
        assert set(read) == {Person, NeedsFlag, *page_kinds}
        assert [person.full_name for person in read[Person]] == ["Zalika Quillfeather"]
        assert read[NeedsFlag][0].head == flags_of(case.person_id)[0].head
        for model in page_kinds:
            rows = {row.id: row for row in rows_in(case, model)}
            assert {row.id for row in read[model]} == rows.keys()
            for row in read[model]:
                for name in ("revision", "case_id", "head", *(("body",) * hasattr(model, "body"))):
                    assert getattr(row, name) == getattr(rows[row.id], name)
        assert sum(map(bool, read.values())) > len(page_kinds) / 2


def test_a_row_that_was_changed_behind_our_back_is_not_shown(app: Flask, cast: Cast) -> None:
    with app.app_context():
        fill_case(cast)
        db.session.execute(text("UPDATE notes SET author_id = :x"), {"x": cast.manager.user_id.hex})
        note = read_page_rows(db.session.get_one(Case, cast.case_id))[Note][0]
        with pytest.raises(CannotOpen):
            _ = note.body
        db.session.rollback()


def test_a_page_row_shows_nothing_of_the_record_in_a_log(app: Flask, cast: Cast) -> None:
    with app.app_context():
        fill_case(cast)
        note = read_page_rows(db.session.get_one(Case, cast.case_id))[Note][0]
        assert note.body.fact not in repr(note)


def statements(app: Flask, do: Callable[[], object]) -> int:
    do()  # once before, for what a process reads once
    with app.app_context(), counted_statements() as seen:
        do()
    return sum("owner_keys" not in each for each in seen)


def test_a_full_case_page_takes_few_statements(
    app: Flask, cast: Cast, client_of: Callable[[str], FlaskClient]
) -> None:
    client, path = client_of("assigned_advocate"), f"/cases/{cast.case_id}"
    bare = statements(app, lambda: client.get(path))
    with app.app_context():
        fill_case(cast)
    full = statements(app, lambda: client.get(path))
    assert bare <= full <= MOST_OF_A_FULL_PAGE


def test_two_thousand_cases_cost_a_search_and_a_page_no_more_statements_than_a_hundred(
    app: Flask, cast: Cast, client_of: Callable[[str], FlaskClient]
) -> None:
    client, counts = client_of("assigned_advocate"), []
    acts = (
        lambda: client.get(f"/cases/{cast.case_id}"),
        lambda: send(client, "/cases/search", text="Of1"),
        lambda: send(client, "/notes/new", text="Of1"),
    )
    for start, end in ((0, 100), (100, 2000)):
        with app.app_context():
            with transaction():
                for number in range(start, end):
                    open_a_case(cast.assigned_advocate, family_name=f"Of{number}")
            assert db.session.scalar(select(Case.id).limit(1))
            db.session.remove()
        counts.append([statements(app, act) for act in acts])
    assert counts[0] == counts[1]
    assert min(counts[0]) > 0
