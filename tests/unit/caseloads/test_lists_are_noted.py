"""A list of cases that nobody noted is never shown: the commit refuses it."""

from collections.abc import Callable

import pytest
from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.audit.chain import Unaudited, record
from caseapp.audit.kinds import Kind
from caseapp.caseloads import queries
from caseapp.caseloads.filters import Wanted
from caseapp.database import db, transaction
from caseapp.web.gate import current_actor, needs
from tests.cast import Cast
from tests.homes import signed_in_client


def list_without_a_word() -> str:
    actor = current_actor()
    team = queries.open_cases_of(actor)
    page = queries.list_open_cases(actor, team, mine=False, wanted=Wanted(), page=1)
    return ", ".join(row.name for row in page.rows)


def test_a_view_that_forgets_to_note_its_list_shows_nothing(app: Flask, cast: Cast) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.add_url_rule("/careless", "careless", needs(Permission.SEE_CASES)(list_without_a_word))
    answer = signed_in_client(app, cast.manager).get("/careless")
    assert answer.status_code == 500
    assert "Quillfeather" not in answer.text


@pytest.mark.parametrize("what", ["list", "closed", "search", "duplicates"])
def test_every_way_to_open_cases_without_a_door_owes_a_note(
    app: Flask, cast: Cast, what: str
) -> None:
    manager = cast.manager
    with app.app_context():
        team = queries.open_cases_of(manager)
        ways: dict[str, Callable[[], object]] = {
            "list": lambda: queries.list_open_cases(
                manager, team, mine=False, wanted=Wanted(), page=1
            ),
            "closed": lambda: queries.list_closed_cases(manager, mine=False, page=1),
            "search": lambda: queries.search_cases(manager, "quill"),
            "duplicates": lambda: queries.cases_of_people(manager, [cast.person_id]),
        }
        with pytest.raises(Unaudited), transaction():
            ways[what]()
        with transaction():
            ways[what]()
            record(Kind.CASES_LISTED, actor=manager, team_id=manager.team_id)
        with transaction():
            record(Kind.CASES_LISTED, actor=manager, team_id=manager.team_id)
            ways[what]()
            db.session.rollback()  # nothing was shown
