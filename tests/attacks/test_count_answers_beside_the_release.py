"""The aim: to learn how many said what, by any page, file or paper but those of the release; and to
subtract one day's results from another's."""

import ast
import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseapp.catalogues.actions import choose_tables
from caseapp.database import transaction
from caseapp.exports.making import make_release
from caseapp.indicators.catalogue import Catalogue, standard_catalogue
from caseapp.surveys.actions import release_batch
from caseapp.surveys.responses import OpenAnswer, Response
from caseapp.voice.rules import FACTS
from config import PROJECT
from tests.architecture.permission_matrix import Door, Visitors, doors, fill_in
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app, signed_in_client
from tests.unit.exports.test_making import sign
from tests.unit.voice.conftest import answers

MONTH, STAGE = "2026-05", "intake"  # at which nothing else is said
TOLD = {"strongly_disagree": 1913, "agree": 2214}  # 4,127 in all
CANARY = "vexilquern"
KNOWN = "33. The community knows where to get help"
READERS = (
    "assigned_advocate", "manager", "other_team", "other_manager", "analyst", "administrator",
)  # fmt: skip
MARKUP = re.compile(r"<(style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
MAY_READ = {
    "caseapp.indicators.units.survey_responses",  # which the release alone counts
    "caseapp.voice.coding_routes",  # one open answer, for the coder
    "caseapp.voice.forms",
    "caseapp.voice.heard",  # results, by the rules of voice
}
MAY_COUNT = {
    "caseapp.catalogues.cost",  # tries a release, and tells its cost alone
    "caseapp.exports.inputs",  # the release
    "caseapp.indicators.counting",
    "caseapp.indicators.partners",  # what a partner knows of cases
}


@pytest.fixture(scope="module")
def visited(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[str, Door, str]]:
    """(who, where, what they read), of every page, file and paper, in each role."""
    folder, cast = peopled_home
    settings = copy_home(folder, tmp_path_factory.mktemp("counted") / "home")
    with running_app(open_app(settings)) as app:
        places = [door for door in doors(app, fill_in(app, cast)) if door.method == "GET"]
        with app.app_context(), transaction():
            plant()
        return list(walk(app, cast, places))


def plant() -> None:
    """So many answers that each of their numbers stands nowhere by chance, and words beside one."""
    said = [each for point, number in TOLD.items() for each in answers(number, point, stage=STAGE)]
    words = OpenAnswer(
        number=0, response=0, questionnaire="exit", question="what_helped", language="en",
        text=f"It was {CANARY} who helped.",
    )  # fmt: skip
    release_batch(MONTH, said, [words])


def walk(app: Flask, cast: Cast, places: list[Door]) -> Iterator[tuple[str, Door, str]]:
    visitors = Visitors(app, cast)
    more = [
        Door("/voice", "GET", f"{path}?stage={STAGE}&fact={fact}", "voice")
        for path in ("/voice", "/voice/results.csv")
        for fact in ("", "sex")
    ]
    for who in READERS:
        for door in (*places, *more):
            answer = visitors.visit(who, "GET", door.path)
            if answer.status_code == 200:
                yield who, door, text_of(answer)


def text_of(answer: TestResponse) -> str:
    if answer.mimetype == "text/html":
        return html.unescape(re.sub(MARKUP, " ", answer.text))
    if answer.mimetype == "application/pdf":
        with pypdfium2.PdfDocument(answer.data) as paper:
            return "\n".join(str(page.get_textpage().get_text_bounded()) for page in paper)
    if answer.data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.data)) as files:
            return "\n".join(files.read(each).decode(errors="replace") for each in files.namelist())
    return str(answer.data, "utf-8", "replace")


def numbers_in(text: str) -> set[str]:
    return {each.replace(",", "") for each in re.findall(r"(?<![\w.-])\d[\d,]*(?![\w-])", text)}


def test_what_is_searched_is_what_the_pages_show(visited: list[tuple[str, Door, str]]) -> None:
    """Else the searches below look at nothing."""
    shown = [text for who, door, text in visited if who == "analyst" and door.endpoint == "voice"]
    assert "Per cent of 4120 answers or more" in " ".join(shown[0].split())
    assert {"45", "55"} <= {number for text in shown for number in re.findall(r"\d+", text)}
    assert len({door.rule for _, door, _ in visited}) > 100


def test_no_page_file_or_paper_tells_how_many_said_something(
    visited: list[tuple[str, Door, str]],
) -> None:
    """Neither exactly, nor rounded as the release does: there has been no release yet."""
    whole = sum(TOLD.values())
    known = {str(n) for each in (*TOLD.values(), whole) for n in range(each - 6, each + 7)}
    known -= {"4120"}  # by tens, as the results tell how many are behind them
    assert [(who, door.path) for who, door, text in visited if numbers_in(text) & known] == []


def test_nobody_but_the_coder_meets_the_words_of_an_answer(
    visited: list[tuple[str, Door, str]],
) -> None:
    met = {(who, door.rule) for who, door, text in visited if CANARY in text}
    assert met <= {("analyst", "/voice/answers/<uuid:batch_id>/<int:number>")}


def test_the_store_of_answers_is_read_by_the_rooms_that_guard_it_alone() -> None:
    assert importers_of("caseapp.surveys.queries", "caseapp.surveys.models") == MAY_READ
    counting = "caseapp.indicators.counting", "caseapp.indicators.units.survey_responses"
    assert importers_of(*counting) == MAY_COUNT


def importers_of(*names: str) -> set[str]:
    """Modules outside of surveys that import one of these."""
    found = set()
    for path in (PROJECT / "caseapp").rglob("*.py"):
        module = ".".join(path.relative_to(PROJECT).with_suffix("").parts)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        imported |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        if imported & set(names) and not module.startswith("caseapp.surveys"):
            found.add(module)
    return found


def test_two_dates_one_batch_apart_subtract_to_nobody_or_to_ten(app: Flask, cast: Cast) -> None:
    """Eight women and a man who say something else than all before them are waited with."""
    client = signed_in_client(app, cast.assigned_advocate)
    add(app, "2026-03", women=30, men=30)
    before = {fact: shares(client, fact) for fact in ("", *FACTS)}
    assert {group for _, group, *_ in before["sex"]} == {"Female", "Male"}
    add(app, "2026-04", women=8, men=1, point="disagree")
    assert {fact: shares(client, fact) for fact in before} == before
    add(app, "2026-05", women=9, men=1, point="disagree")
    after = {fact: shares(client, fact) for fact in before}
    assert after[""] - before[""]  # nineteen have come
    assert {fact: after[fact] for fact in FACTS} == {fact: before[fact] for fact in FACTS}


def shares(client: FlaskClient, fact: str) -> set[tuple[str, ...]]:
    """(group, answer, per cent, number) of all months, of those who were asked at the end."""
    file = client.get("/voice/results.csv", query_string={"fact": fact, "stage": "exit"})
    if file.mimetype != "text/csv":
        return set()
    lines = csv.DictReader(io.StringIO(file.data.decode("utf-8-sig")))
    shown = ("Question", "Group", "Answer", "Per cent, to the nearest 5", "Answers, at least")
    return {tuple(line[name] for name in shown) for line in lines}


def add(app: Flask, month: str, *, women: int, men: int, point: str = "agree") -> None:
    """A batch, with one answer of another stage, which makes nine of them as many as are let in."""
    said = [*answers(women, point, sex="female"), *answers(men, point, sex="male")]
    with app.app_context(), transaction():
        release_batch(month, [*said, *answers(1, stage="review")])


def test_answers_come_into_the_indicators_by_the_release_and_not_before(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    analyst = signed_in_client(app, cast.analyst)
    with app.app_context():
        choose_survey_tables(cast)
        with transaction():
            release_batch(MONTH, said_of_the_community())
    assert KNOWN not in board_of(analyst)
    with app.app_context():
        make_release(MONTH, tmp_path / "out", actor=cast.analyst, progress=ignore)
    assert KNOWN not in board_of(analyst)
    with app.app_context():
        sign(MONTH, cast, "")
    shown = re.search(rf"{KNOWN}.*?(\d+)% \((\d+) to (\d+)\)", board_of(analyst))
    assert shown, "the board does not show the indicator"
    value, low, high = map(int, shown.groups())
    assert low < value < high
    assert low <= 57 <= high


def board_of(client: FlaskClient) -> str:
    return " ".join(text_of(client.get("/board/communities-prioritised")).split())


def said_of_the_community() -> list[Response]:
    yes = Response(stage="community", answers=(("knows_help", "agree"), ("could_use", "agree")))
    no = Response(stage="community", answers=(("knows_help", "disagree"), ("could_use", "agree")))
    return [yes] * 57 + [no] * 43


def test_two_editions_one_batch_apart_prove_no_small_count_and_no_small_change(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    """One in the batch between them says something else than all others."""
    with app.app_context():
        choose_survey_tables(cast)
        for month, agree, disagree in (("2026-05", 40, 20), ("2026-06", 9, 1)):
            with transaction():
                release_batch(month, answers(agree) + answers(disagree, "disagree"))
            made = make_release(month, tmp_path / "out", actor=None, progress=ignore)
            told = json.loads((made.folder / "certificate.json").read_text())
            table = (made.folder / "tables" / "answers_by_justice_and_safety.csv").read_text()
            values = {int(line["value"]) for line in csv.DictReader(table.splitlines())}
            assert {value % told["rounding_base"] for value in values} == {0}
    assert told["editions_covered"] == ["2026-05", "2026-06"]
    assert told["flows_that_could_be_small"]["tested"] > 0
    for what in ("counts_that_could_be_small", "flows_that_could_be_small"):
        assert (told[what]["exact"], told[what]["narrow"]) == (0, 0)


def choose_survey_tables(cast: Cast) -> None:
    """Few, and one of cases, without which there is no release."""
    wanted = {
        "theme_by_risk",
        "answers_by_justice_and_safety",
        "community_answers_by_knowing_help",
        "community_answers_by_access",
    }
    tables = tuple(each for each in standard_catalogue().tables if each.name in wanted)
    with transaction():
        choose_tables("2026-27", Catalogue(tables), cast.analyst)


def ignore(_step: str, _done: int, _total: int) -> None:
    """Nobody watches."""
