"""The clock of the tests of the room, its readers, and answers to release."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from caseapp.database import transaction
from caseapp.surveys.actions import release_batch
from caseapp.surveys.responses import OpenAnswer, Response
from tests.shown_forms import shown_form

ClientOf = Callable[[str], FlaskClient]
Release = Callable[..., None]


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel("2026-06-20 09:00Z"):
        yield


@pytest.fixture
def analyst(client_of: ClientOf) -> FlaskClient:
    return client_of("analyst")


@pytest.fixture
def advocate(client_of: ClientOf) -> FlaskClient:
    return client_of("assigned_advocate")


@pytest.fixture
def release(app: Flask) -> Release:
    """`release("2026-05", responses, "words of the first", "of the second")`."""

    def release(month: str, responses: list[Response], *texts: str, language: str = "en") -> None:
        said = [
            OpenAnswer(
                number=0, response=place, questionnaire="exit", question="what_helped",
                language=language, text=text,
            )
            for place, text in enumerate(texts)
        ]  # fmt: skip
        with app.app_context(), transaction():
            release_batch(month, responses, said)

    return release


def answers(number: int, point: str = "agree", **more: object) -> list[Response]:
    facts = {"stage": "exit", "answers": (("feels_safer", point),), **more}
    return [Response(**facts)] * number  # type: ignore[arg-type]


def next_answer(analyst: FlaskClient) -> str:
    """The address of the open answer that the list leads to."""
    _, _, after = analyst.get("/voice/answers").text.partition('href="/voice/answers/')
    return "/voice/answers/" + after.split('"')[0] if after else ""


def code(analyst: FlaskClient, place: str, **typed: list[str]) -> TestResponse:
    """Send the form of an open answer with all of its ticks, but for what is typed."""
    form = shown_form(analyst.get(place))
    for name, answers_ in typed.items():
        form.setlist(name, answers_)
    return analyst.post(place, data=form)


def code_all(analyst: FlaskClient) -> None:
    """Hide whatever is pointed out, and say that a plan helped."""
    while place := next_answer(analyst):
        assert code(analyst, place, helped=["safety_plan"]).status_code == 302
