"""The pages of an import, asked as managers do: file, columns, first rows, what came of it."""

import io
import re
from collections.abc import Callable
from threading import enumerate as living_threads
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseapp.database import db
from caseapp.imports import bringing, jobs, preview, taking
from caseapp.web.looking_again import BY_ITSELF
from tests.cast import Cast
from tests.statements import counted_statements
from tests.unit.imports.caseloads import caseload
from tests.unit.imports.workbooks import workbook
from tests.visits import hidden_fields, send

ClientOf = Callable[[str], FlaskClient]


@pytest.fixture
def manager(client_of: ClientOf) -> FlaskClient:
    return client_of("manager")


def bring(client: FlaskClient, content: bytes, name: str = "Anna's list.csv") -> TestResponse:
    form = hidden_fields(client.get("/imports"))
    return client.post("/imports", data={**form, "file": (io.BytesIO(content), name)})


def to_preview(client: FlaskClient, content: bytes) -> str:
    """The address of the import, with its columns chosen as they were guessed."""
    place = bring(client, content).location
    assert to_columns(client, place) == f"{place}/preview"
    return place


def to_columns(client: FlaskClient, place: str) -> str:
    """Choose them as they were guessed; where that leads to."""
    columns = client.get(f"{place}/columns")
    answers = {f"column_{number}": "" for number in range(9)} | chosen_in(columns.text)
    sent = client.post(f"{place}/columns", data={**hidden_fields(columns), **answers})
    return sent.location


def chosen_in(page: str) -> dict[str, str]:
    """What stands chosen in each list of the page."""
    found = {}
    for part in page.split("<select")[1:]:
        name = part.split('name="')[1].split('"')[0]
        for option in part.split("<option")[1:]:
            if " selected" in option.split(">")[0]:
                found[name] = option.split('value="')[1].split('"')[0]
    return found


def begin(client: FlaskClient, place: str) -> None:
    """Begin, and wait until the thread that does it is done."""
    with send(client, f"{place}/begin", shown_at=f"{place}/preview") as begun:
        assert begun.status_code == 302
    wait_for_it()


def wait_for_it() -> None:
    for thread in living_threads():
        if thread.name == "import":
            thread.join(60)


def test_a_caseload_comes_in_page_by_page_and_the_faulty_rows_go_out_again(
    manager: FlaskClient,
) -> None:
    place = to_preview(manager, caseload(12, faulty=3))
    preview = manager.get(f"{place}/preview").text
    assert "Some of the first 12 rows have a fault" in preview
    assert "Zoë4" in preview
    begin(manager, place)
    page = manager.get(place)
    assert "What came of the spreadsheet" in page.text
    faulty = manager.get(f"{place}/faulty-rows.csv")
    assert faulty.headers["Content-Disposition"] == 'attachment; filename="faulty-rows.csv"'
    assert len(faulty.get_data(as_text=True).splitlines()) == 4
    assert "Zoë1 Heron1" in manager.get("/cases?whose=team").text


def test_nobody_waits_while_a_spreadsheet_is_read(
    app: Flask, manager: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not while it is brought in, looked at, or taken: the embedded database has one writer."""
    held = []

    def watch(room: ModuleType, name: str) -> None:
        real: Callable[..., object] = vars(room)[name]

        def watched(*values: object) -> object:
            held.append(db.session().in_transaction())
            return real(*values)

        monkeypatch.setattr(room, name, watched)

    for room, name in ((bringing, "open_sheet"), (preview, "read_rows"), (taking, "read_rows")):
        watch(room, name)
    place = to_preview(
        manager, workbook([["First name", "Opened", "Risk"], ["Wren", "1/5/2026", "High"]])
    )
    begin(manager, place)
    assert held == [False, False, False]
    assert "Wren" in manager.get("/cases?whose=team").text


def test_a_form_sent_again_while_its_file_is_read_makes_one_import_and_leaves_one_file(
    app: Flask, manager: FlaskClient, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = hidden_fields(manager.get("/imports"))
    real: Callable[..., Any] = vars(bringing)["keep_rows"]

    def send_it(rows: int) -> TestResponse:
        return manager.post(
            "/imports", data={**form, "file": (io.BytesIO(caseload(rows)), "one.csv")}
        )

    def keep_after_another(*values: Any) -> Any:
        monkeypatch.setattr(bringing, "keep_rows", real)
        with app.app_context():
            others.append(send_it(3))
        return real(*values)

    others: list[TestResponse] = []
    monkeypatch.setattr(bringing, "keep_rows", keep_after_another)
    answer = send_it(2)
    assert answer.location == others[0].location
    preview_of = to_columns(manager, answer.location)
    assert "The first 3 rows have no fault" in manager.get(preview_of).text
    assert len(list((app.extensions["settings"].home / "imports").iterdir())) == 1


def test_a_kept_file_that_was_damaged_is_told_and_not_a_failure(
    app: Flask, manager: FlaskClient
) -> None:
    place = to_preview(manager, caseload(2))
    (kept,) = (app.extensions["settings"].home / "imports").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert manager.get(f"{place}/preview").location == "/imports"
    assert "damaged. Bring it in again" in manager.get("/imports").text


def test_the_page_of_a_case_shows_the_reference_that_its_row_had(manager: FlaskClient) -> None:
    begin(manager, to_preview(manager, caseload(2)))
    cases = manager.get("/cases?whose=team").text
    (path,) = re.findall(r'href="(/cases/[0-9a-f-]{36})"[^>]*>\s*(?:<bdi>)?Zoë1 ', cases)
    assert "YV-00001" in manager.get(path).text


def test_the_list_asks_as_much_of_the_database_for_many_imports_as_for_few(
    app: Flask, manager: FlaskClient
) -> None:
    def to_list() -> int:
        vault = app.extensions["vault"]
        vault.drop_ciphers(list(vault._ciphers))  # as after a start
        with counted_statements(app) as statements:
            assert manager.get("/imports").status_code == 200
        return len(statements)

    bring(manager, caseload(2))
    few = to_list()
    for _ in range(5):
        bring(manager, caseload(2))
    assert to_list() == few


def test_no_name_of_a_file_or_person_stands_in_an_address(manager: FlaskClient) -> None:
    place = bring(manager, caseload(2)).location
    assert "Anna" not in place
    assert "Anna&#39;s list.csv" in manager.get("/imports").text


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty"),
        (b"\x00\x01\x02", "letters of the file"),
        (b"PK\x03\x04lies", "damaged"),
        (b"Name\n", "no rows below"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_nothing_of_it_stays(
    app: Flask, manager: FlaskClient, content: bytes, why: str
) -> None:
    page = bring(manager, content)
    assert page.status_code == 422
    assert why in page.text
    with app.app_context():
        folder = app.extensions["settings"].home / "imports"
        assert not folder.exists() or list(folder.iterdir()) == []


def test_columns_that_are_missing_or_chosen_twice_are_told(manager: FlaskClient) -> None:
    place = bring(manager, caseload(2)).location
    form = hidden_fields(manager.get(f"{place}/columns"))
    page = manager.post(f"{place}/columns", data={**form, "column_1": "sex", "column_2": "sex"})
    assert page.status_code == 422
    assert "Choose the column that holds: First name" in page.text
    assert "Only one column can be: Sex" in page.text


def test_columns_that_somebody_else_chose_meanwhile_are_shown_and_not_written_over(
    client_of: ClientOf, manager: FlaskClient
) -> None:
    place = bring(manager, caseload(2)).location
    columns = manager.get(f"{place}/columns")
    seen = {**hidden_fields(columns), **chosen_in(columns.text)}
    other = client_of("manager")
    theirs = seen | hidden_fields(other.get(f"{place}/columns")) | {"column_6": ""}
    assert other.post(f"{place}/columns", data=theirs).location == f"{place}/preview"
    page = manager.post(f"{place}/columns", data=seen | {"column_7": "summary"})
    assert page.status_code == 409
    assert "Somebody else changed this record" in page.text
    both = chosen_in(page.text)
    assert (both["column_7"], both.get("column_6", "")) == ("summary", "")
    again = {**hidden_fields(page), **both}
    assert manager.post(f"{place}/columns", data=again).location == f"{place}/preview"


def test_nobody_begins_with_other_columns_than_those_that_they_looked_at(
    client_of: ClientOf, manager: FlaskClient
) -> None:
    place = to_preview(manager, caseload(2))
    seen = hidden_fields(manager.get(f"{place}/preview"))
    other = client_of("manager")
    columns = other.get(f"{place}/columns")
    chosen = {**hidden_fields(columns), **chosen_in(columns.text), "column_7": "summary"}
    assert other.post(f"{place}/columns", data=chosen).location == f"{place}/preview"
    page = manager.post(f"{place}/begin", data=seen)
    assert page.status_code == 409
    assert "Somebody chose the columns anew" in page.text
    assert "What has happened, in short" in page.text
    assert manager.get(f"{place}/preview").status_code == 200  # nothing has begun
    assert manager.post(f"{place}/begin", data=hidden_fields(page)).location == place
    wait_for_it()


def test_nothing_is_taken_before_the_columns_are_chosen(manager: FlaskClient) -> None:
    place = bring(manager, caseload(2)).location
    send(manager, f"{place}/begin", shown_at=f"{place}/columns")
    assert manager.get(place).location == f"{place}/columns"


def test_sending_the_file_form_twice_makes_one_import(manager: FlaskClient) -> None:
    form = hidden_fields(manager.get("/imports"))
    places = [
        manager.post(
            "/imports", data={**form, "file": (io.BytesIO(caseload(2)), "one.csv")}
        ).location
        for _ in range(2)
    ]
    assert places[0] == places[1]


@pytest.mark.parametrize("step", ["", "/columns", "/preview", "/faulty-rows.csv"])
def test_another_team_is_told_that_the_import_does_not_exist(
    client_of: ClientOf, manager: FlaskClient, step: str
) -> None:
    place = to_preview(manager, caseload(2))
    assert client_of("other_manager").get(f"{place}{step}").status_code == 404
    assert client_of("assigned_advocate").get(f"{place}{step}").status_code == 404


def test_a_removed_import_leaves_its_cases_and_no_file(app: Flask, manager: FlaskClient) -> None:
    place = to_preview(manager, caseload(2, faulty=1))
    begin(manager, place)
    assert send(manager, f"{place}/remove", shown_at=place).status_code == 302
    with app.app_context():
        assert list((app.extensions["settings"].home / "imports").iterdir()) == []
    assert manager.get(f"{place}/faulty-rows.csv").status_code == 404
    assert "Zoë1" in manager.get("/cases?whose=team").text


def test_a_file_removed_before_its_columns_were_chosen_waits_for_nothing(
    app: Flask, manager: FlaskClient
) -> None:
    place = bring(manager, caseload(2)).location
    assert send(manager, f"{place}/remove", shown_at=f"{place}/columns").location == "/imports"
    page = manager.get("/imports").text
    assert "File removed" in page
    assert "Waits for its columns" not in page
    assert "What came of the spreadsheet" in manager.get(place).text
    for step in ("/columns", "/preview"):
        assert manager.get(f"{place}{step}").location == place
    send(manager, f"{place}/begin", shown_at="/imports")
    assert "File removed" in manager.get("/imports").text


def test_a_running_import_says_by_itself_how_far_it_is_and_when_it_has_ended(
    app: Flask, manager: FlaskClient
) -> None:
    place = to_preview(manager, caseload(2))
    import_id = UUID(place.rsplit("/", 1)[1])
    with app.app_context():
        jobs.IMPORTS.tell(import_id, state="running", done=1)
    page = manager.get(place)
    assert "Refresh" not in page.headers  # nobody's place on the page is taken away
    assert f'href="{place}" data-look-again' in page.text  # the way without a script
    assert manager.get(place, headers={BY_ITSELF: "yes"}).text == "1 of 2 rows are done."
    with app.app_context():
        jobs.IMPORTS.tell(import_id, state="stopped")
    answer = manager.get(place, headers={BY_ITSELF: "yes"})
    assert (answer.status_code, answer.data) == (204, b"")


def test_the_bytes_on_the_disk_tell_nothing(app: Flask, manager: FlaskClient, cast: Cast) -> None:
    place = to_preview(manager, caseload(60, faulty=6))
    begin(manager, place)
    kept = app.extensions["settings"].home / "imports"
    found = b"".join(path.read_bytes() for path in kept.iterdir())
    assert len(found) > 200
    assert b"Heron" not in found
    assert "Zoë".encode() not in found
