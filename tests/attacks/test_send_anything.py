"""The attacker is signed in, or is not, and sends every door what no page of ours ever would."""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.datastructures import MultiDict

from caseapp.web.forms import Form
from config import PROJECT
from tests.architecture.permission_matrix import ANONYMOUS, Door, Visitors, doors, fill_in
from tests.attacks.typist import forms_shown
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app

House = tuple[Visitors, list[Door]]
ARGUMENT = re.compile(r"args\.get(?:list)?\(\s*\"(\w+)\"")
HOSTILE = (
    "", " ", "\u200b", "-1", "0", "9" * 400, "1e309", "NaN", "٣", "²", "1.5", "\0", "\ud7ff\ufffe",
    "'\"><script>", "=1+1", "%00", "..", "../../etc/passwd", "\r\nSet-Cookie: a=b", "\u202etxt.exe",
    "True", "null", "[]", "2026-02-31", "00000000-0000-0000-0000-000000000000", "a" * 5_000,
    "😀" * 300,
)  # fmt: skip
ANSWERS = (*HOSTILE, "yes", "31", "2", "2026", "99999")
ROUNDS = 3


@pytest.fixture(scope="module")
def house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """One house for all of it: what is sent may change what the next one meets."""
    settings = copy_home(peopled_home[0], tmp_path_factory.mktemp("house") / "home")
    with running_app(open_app(settings)) as app:
        app.config["PROPAGATE_EXCEPTIONS"] = False  # a fault shall be a page, and is counted
        yield Visitors(app, peopled_home[1]), doors(app, fill_in(app, peopled_home[1]))


def names_of_arguments() -> list[str]:
    """Every argument of an address that any view reads, found in the code itself."""
    code = (path.read_text(encoding="utf-8") for path in (PROJECT / "caseapp").rglob("*.py"))
    return sorted({name for text in code for name in ARGUMENT.findall(text)})


def test_the_arguments_of_addresses_are_known() -> None:
    assert {"page", "status", "whose"} <= set(names_of_arguments())


@pytest.mark.parametrize("person", ["manager", "administrator"])
def test_no_argument_of_an_address_breaks_a_page(house: House, person: str) -> None:
    visitors, found = house
    names, met, broken = names_of_arguments(), Counter[int](), {}
    for door in (door for door in found if door.method == "GET"):
        if visitors.visit(person, "GET", door.path).mimetype != "text/html":
            continue
        is_list = "<" not in door.rule  # the pages that read arguments get every value
        for start in range(0, len(HOSTILE) if is_list else 1, max(1, len(names) // 2)):
            pairs = [(n, HOSTILE[(start + at) % len(HOSTILE)]) for at, n in enumerate(names)]
            query = urlencode([*pairs, *pairs[:2]], errors="surrogatepass")
            answer = visitors.visit(person, "GET", f"{door.path}?{query}")
            met[answer.status_code] += 1
            if answer.status_code >= 500 or "a=b" in answer.headers.get("Set-Cookie", ""):
                broken[door.rule] = query[:300]
    assert broken == {}
    assert met[200] > 20


def bodies(form: Form | None, token: str) -> Iterator[MultiDict[str, Any]]:
    """Nothing, a bit of everything, too much, a file for a word, and a merge that never was."""
    given = {"csrf_token": token}
    names = [name for answer in form.answers() for name in answer.sent_names()] if form else []
    asked = [*names, "record_id", "revision", "seen"]
    for start in range(ROUNDS):
        sent = MultiDict[str, Any](given)
        for at, name in enumerate(asked):
            twice = [ANSWERS[(start * 11 + at * 3 + n) % len(ANSWERS)] for n in (0, 7)]
            sent.setlist(name, twice if at % 2 else twice[:1])
        yield sent
    yield MultiDict(given | dict.fromkeys(names, "x" * 20_000))
    yield MultiDict(given | {name: (BytesIO(b"x"), "a.txt") for name in names})
    yield MultiDict(given | {f"merge-{name}": "both" for name in names})
    typed = {f"merge-typed-{name}": "0" for name in names}
    yield MultiDict(given | typed | {"seen": "a:b:c x:y", "revision": "1"})


@pytest.mark.parametrize("person", ["manager", "administrator", "analyst", ANONYMOUS])
def test_nothing_that_is_posted_breaks_a_door_or_the_record_behind_it(
    house: House, person: str
) -> None:
    visitors, found = house
    sent, broken = 0, dict[str, int | str]()
    client, token = visitors.arrive(person)
    for door in (door for door in found if door.method == "POST"):
        with forms_shown(visitors.app) as shown:
            client.get(door.path, buffered=True)
        for number, body in enumerate(bodies(shown[-1] if shown else None, token)):
            answer = client.post(door.path, data=body, buffered=True)
            sent += 1
            if answer.status_code >= 500:
                broken[f"{door.rule} {number}"] = answer.status_code
            if answer.status_code == 404:
                break  # nobody listens behind it
        if client.get("/account").status_code != 200:  # that door was the way out
            client, token = visitors.arrive(person)
    for door in (door for door in found if door.method == "GET" and person == "manager"):
        if client.get(door.path, buffered=True).status_code >= 500:
            broken[door.rule] = "no longer opens"
    assert broken == {}
    assert sent > 100
