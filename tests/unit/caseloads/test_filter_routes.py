"""Lists that are narrowed and sorted by their address, and filters that are kept."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.caseloads.kept_filters import MOST_KEPT, FilterHead, KeptFilter, filters_of
from caseapp.database import db, transaction
from tests.cast import Cast, open_a_case
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]
KEEP = "/cases/filters/new?risk=high&gap=no_plan&sort=review"


def names_kept(app: Flask, cast: Cast, who: str) -> list[str]:
    with app.app_context():
        return [kept.name for kept in filters_of(cast.actors[who])]


def keep(client: FlaskClient, name: str = "High, no plan", path: str = KEEP) -> str:
    answer = send(client, path, name=name)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def test_a_filter_is_kept_applied_renamed_and_deleted(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    client = client_of("assigned_advocate")
    shown = keep(client)
    assert sorted(shown.partition("?")[2].split("&")) == ["gap=no_plan", "risk=high", "sort=review"]
    page = client.get(shown).text
    assert "Zalika Quillfeather" in page
    assert 'aria-current="page"><bdi>High, no plan</bdi>' in page
    with app.app_context():
        (kept,) = filters_of(cast.assigned_advocate)
    at = f"/cases/filters/{kept.id}"
    assert send(client, at, name="Plans to write").status_code == 302
    assert names_kept(app, cast, "assigned_advocate") == ["Plans to write"]
    token = hidden_fields(client.get("/cases/filters"))["csrf_token"]
    client.post(f"{at}/delete", data={"csrf_token": token})
    assert names_kept(app, cast, "assigned_advocate") == []


def test_somebody_elses_filter_is_no_filter_at_all(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    keep(client_of("assigned_advocate"))
    with app.app_context():
        (kept,) = filters_of(cast.assigned_advocate)
    other = client_of("colleague")
    assert "High, no plan" not in other.get("/cases").text
    assert other.get(f"/cases/filters/{kept.id}").status_code == 404
    token = hidden_fields(other.get("/cases/search"))["csrf_token"]
    answer = other.post(f"/cases/filters/{kept.id}/delete", data={"csrf_token": token})
    assert answer.status_code == 404
    assert names_kept(app, cast, "assigned_advocate") == ["High, no plan"]


def test_keeping_twice_by_a_double_click_keeps_one(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    client = client_of("manager")
    answers = {**hidden_fields(client.get(KEEP)), "name": "Mine"}
    for _ in range(2):
        assert client.post(KEEP, data=answers).status_code == 302
    assert names_kept(app, cast, "manager") == ["Mine"]


def test_a_name_twice_and_one_filter_too_many_are_refused_beside_the_field(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    client = client_of("manager")
    keep(client, "mine")
    again = send(client, KEEP, name="MINE")
    assert again.status_code == 422
    assert "You have a filter of this name" in again.text
    for number in range(MOST_KEPT - 1):
        keep(client, f"Filter {number}")
    full = send(client, KEEP, name="One more")
    assert full.status_code == 422
    assert "Delete one first" in full.text
    assert send(client, KEEP, name="").status_code == 422


def test_a_name_is_not_readable_in_the_database_and_each_act_is_noted(
    app: Flask, client_of: ClientOf
) -> None:
    keep(client_of("manager"), "About Zalika")
    with app.app_context():
        row = db.session.execute(text("SELECT * FROM kept_filters")).one()
        assert not any(b"Zalika" in bytes(str(value), "utf-8") for value in row)
        kinds = db.session.scalars(select(AuditEntry.kind)).all()
    assert "filter_kept" in kinds


def test_a_kept_code_that_is_gone_is_left_out_and_the_list_says_so(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    with app.app_context(), transaction():
        codes = (("risk", "no_longer_known"), ("gap", "no_plan"))
        head = FilterHead(name="Old one", codes=codes)
        db.session.add(KeptFilter(user_id=cast.manager.user_id, head=head))
        record(Kind.FILTER_KEPT, actor=cast.manager)
    client = client_of("manager")
    page = client.get("/cases?risk=no_longer_known&gap=no_plan")
    assert page.status_code == 200
    assert "no longer know" in page.text
    assert "Old one" in page.text
    assert "Zalika" in page.text


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=1000000000", "page=99999999999999999999", "page=-1", "page=x", "risk=%00",
     "risk=<script>", "sort=;drop", "advocate=nobody", f"advocate={UUID(int=0)}", "gap=any",
     "when=overdue&due=case_review", "order=reversed", "status=strange", "whose=everybody",
     "need=slcn", "theme=domestic_abuse"],
)  # fmt: skip
@pytest.mark.parametrize("who", ["assigned_advocate", "manager"])
def test_a_strange_address_of_the_list_is_answered(
    client_of: ClientOf, who: str, query: str
) -> None:
    answer = client_of(who).get(f"/cases?{query}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "risk=<script>" not in answer.text


def test_the_last_page_is_shown_to_whoever_asks_for_one_beyond_it(
    app: Flask, client_of: ClientOf, cast: Cast
) -> None:
    with app.app_context(), transaction():
        for number in range(120):
            open_a_case(cast.colleague, given_name=f"Crowd{number:03}")
    client = client_of("manager")
    first, last = (client.get(f"/cases?sort=name&page={page}").text for page in ("0", "1000000"))
    assert "Crowd000" in first
    assert "Zalika" in last
    assert 'aria-current="page">3</a>' in last
    assert 'href="/cases?sort=name&amp;page=2"' in last


def test_nothing_to_keep_leads_back_to_the_list(client_of: ClientOf) -> None:
    answer = client_of("manager").get("/cases/filters/new?risk=strange")
    assert (answer.status_code, answer.location) == (302, "/cases")
