"""Every door of the house, tried by everybody, is as the file of expected results says."""

from difflib import unified_diff
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask, template_rendered
from jinja2 import Template

from caseapp.web.nobody import is_nobodys
from tests.architecture.permission_matrix import (
    EXPECTED,
    PEOPLE,
    Door,
    Visitors,
    measure,
)
from tests.cast import Cast
from tests.homes import signed_in_client

House = tuple[Flask, Cast, list[Door]]
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
NEVER_IN = ("other_team", "other_manager", "analyst", "administrator")


def test_everybody_meets_at_each_door_what_was_promised(app: Flask, cast: Cast) -> None:
    """Where this is red on purpose: python -m tests.architecture.permission_matrix --write"""
    promised, met = EXPECTED.read_text().splitlines(), list(measure(app, cast))
    assert "\n".join(unified_diff(promised, met, "promised", "met", n=0, lineterm="")) == ""


def test_no_door_opens_by_a_method_that_it_does_not_list(house: House) -> None:
    app, cast, found = house
    client = signed_in_client(app, cast.manager)
    map_of_doors = app.url_map.bind("localhost")
    answers = {
        (path, method): client.open(path, method=method).status_code
        for path in {door.path for door in found}
        for method in METHODS - set(map_of_doors.allowed_methods(path))
    }
    assert len(answers) > len(found)
    assert {place: status for place, status in answers.items() if status != 405} == {}


def of_cases(found: list[Door]) -> list[Door]:
    return [door for door in found if "<uuid:case_id>" in door.rule]


def whole_answer(visitors: Visitors, person: str, method: str, path: str) -> tuple[Any, ...]:
    response = visitors.visit(person, method, path)
    return response.status_code, response.data, list(response.headers)


@pytest.mark.parametrize("person", [*NEVER_IN, "colleague"])
def test_a_case_that_is_kept_from_somebody_answers_as_one_that_is_not_there(
    house: House, person: str
) -> None:
    """To the last byte and header, so that nobody learns by asking which cases exist."""
    app, cast, found = house
    visitors = Visitors(app, cast)
    refused, told_apart = [], []
    for door in of_cases(found):
        missing = door.path.replace(str(cast.case_id), str(uuid4()))
        real = whole_answer(visitors, person, door.method, door.path)
        if real[0] == 404:
            refused.append(door)
            if real != whole_answer(visitors, person, door.method, missing):
                told_apart.append(door)
    assert told_apart == []
    assert refused == of_cases(found) or (person == "colleague" and refused)


@pytest.mark.parametrize("person", NEVER_IN)
def test_a_case_that_is_kept_from_somebody_answers_as_an_address_that_leads_nowhere(
    house: House, person: str
) -> None:
    app, cast, found = house
    visitors = Visitors(app, cast)
    nowhere = whole_answer(visitors, person, "GET", "/no-such-page")
    readable = [door for door in of_cases(found) if door.method == "GET"]
    others = [d for d in readable if whole_answer(visitors, person, "GET", d.path) != nowhere]
    assert others == []


def test_every_page_is_drawn_by_the_template_of_its_name(house: House) -> None:
    """So that whoever sees an address finds its view, its template and its test."""
    app, cast, every = house
    found = [door for door in every if not is_nobodys(door.path)]  # drawn without Flask's signal
    visitors = Visitors(app, cast)
    named: dict[str, set[str]] = {}
    for door in found:
        named.setdefault(door.rule, set()).add(f"{door.endpoint.replace('.', '/')}.html")
    others = {}
    for person in ("anonymous", "assigned_advocate", "manager", "analyst", "administrator"):
        for door in found:
            drawn: list[str] = []

            def note(_app: Flask, template: Template, drawn: list[str] = drawn, **_: Any) -> None:
                drawn.append(str(template.name))

            with template_rendered.connected_to(note, app):
                response = visitors.visit(person, door.method, door.path)
            is_page = response.mimetype == "text/html" and response.status_code in {200, 422}
            if is_page and not named[door.rule] & {*drawn[-1:]}:
                others[door.endpoint] = drawn
    assert others == {}


def test_the_file_has_a_column_for_each_person() -> None:
    heading = EXPECTED.read_text().splitlines()[0]
    assert all(label in heading for label in PEOPLE.values())
