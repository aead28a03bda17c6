from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.web.forms import Confirm, Form, Problem, TextArea, TextLine, WholeNumber

Ask = Callable[..., Any]
RECORD = UUID("6a2f41a3-c54c-fce8-32d2-0324e1c32e22")


class Small(Form):
    name = TextLine("First names", required="Enter the first names")
    text = TextArea("What happened")
    safe = Confirm("It is safe")


def test_a_form_sent_twice_names_the_same_new_record(asked: Ask) -> None:
    first = asked(Small, {"name": "Zoë"})
    again = {"name": "Zoë", "record_id": str(first.record_id.data)}
    assert asked(Small, again).record_id.data == first.record_id.data


def test_two_forms_name_two_records(asked: Ask) -> None:
    assert asked(Small, {}).record_id.data != asked(Small, {}).record_id.data


def test_a_made_up_record_id_is_replaced_and_not_a_server_error(asked: Ask) -> None:
    form = asked(Small, {"name": "Zoë", "record_id": "../../etc"})
    assert isinstance(form.record_id.data, UUID)
    assert not form.errors


def test_the_revision_that_was_read_comes_back_with_the_answers(asked: Ask) -> None:
    assert asked(Small, {"revision": "7"}).revision.data == 7
    assert asked(Small, {"revision": "७" * 20}).revision.data is None
    assert asked(Small, {"revision": ""}, revision=3).revision.data is None


def test_values_are_the_answers_and_nothing_hidden(asked: Ask) -> None:
    form = asked(Small, {"name": "Zoë", "text": "x", "record_id": str(RECORD), "revision": "1"})
    assert form.values() == {"name": "Zoë", "text": "x", "safe": False}


def test_a_stored_record_fills_the_form(gallery: Flask) -> None:
    with gallery.test_request_context("/"):
        stored = SimpleNamespace(name="Zoë", text="It rained.", safe=True)
        form = Small(stored, record_id=RECORD, revision=4)
        assert 'value="Zoë"' in form.name()
        assert "It rained.</textarea>" in form.text()
        assert " checked" in form.safe()
        assert f'value="{RECORD}"' in str(form.record_id)
        assert 'value="4"' in str(form.revision)
        assert not form.was_sent


def test_a_rule_of_the_room_speaks_beside_its_question(asked: Ask) -> None:
    form = asked(Small, {"name": "Zoë"})
    form.refuse("name", "Somebody else has this name")
    form.refuse(None, "Nothing was saved")
    assert form.problems() == [
        ("Nothing was saved", None),
        ("Somebody else has this name", "#name"),
    ]


class Span(Form):
    """Two answers that have to agree."""

    low = WholeNumber("Lowest age", required="Enter the lowest age")
    high = WholeNumber("Highest age")
    name = TextLine("Name", required="Enter the name")

    def problem_together(self) -> Problem | None:
        if (self.low.data or 0) > (self.high.data or 0):
            return "high", "The highest age cannot be under the lowest"
        return None


class SpanAtOnce(Span):
    at_once = True


def test_answers_that_cannot_both_be_true_are_refused_beside_the_one_named(asked: Ask) -> None:
    right = asked(Span, {"low": "3", "high": "7", "name": "Zoë"})
    assert (right.validate_on_submit(), right.problems()) == (True, [])
    wrong = asked(Span, {"low": "7", "high": "3", "name": "Zoë"})
    assert not wrong.validate_on_submit()
    assert wrong.problems() == [("The highest age cannot be under the lowest", "#high")]


@pytest.mark.parametrize(("form", "count"), [(Span, 1), (SpanAtOnce, 2)])
def test_answers_are_held_together_beside_one_that_is_wrong_only_where_the_form_says_so(
    asked: Ask, form: type[Form], count: int
) -> None:
    assert len(asked(form, {"low": "7", "high": "3", "name": ""}).problems()) == count


def test_a_json_body_is_no_form(gallery: Flask) -> None:
    with gallery.test_request_context("/", method="POST", json={"name": ["a", {"b": 1}]}):
        form = Small()
        assert not form.validate_on_submit()
        assert form.name.data == ""


def test_the_page_of_a_refused_form_says_so_in_its_title_and_lists_what_is_wrong(
    client: FlaskClient,
) -> None:
    page = client.post("/note", data={"text": " "}).text
    assert "<title>Error: Log a contact – caseapp</title>" in page
    assert '<a href="#text">Enter what happened</a>' in page
    assert 'data-module="govuk-error-summary"' in page


def test_two_forms_on_one_page_do_not_mix(asked: Ask) -> None:
    form = asked(Small, {"one-name": "Zoë", "name": "Amal"}, prefix="one")
    assert form.values()["name"] == "Zoë"
    assert 'id="one-name"' in form.name()


def test_a_page_open_for_too_long_keeps_what_was_typed(gallery: Flask) -> None:
    gallery.config["WTF_CSRF_ENABLED"] = True
    sent = {"name": "Zoë", "csrf_token": "old"}
    with gallery.test_request_context("/", method="POST", data=sent):
        form = Small()
        assert not form.validate_on_submit()
        assert [href for _, href in form.problems()] == [None]
        assert "open for too long" in form.problems()[0][0]
        assert 'value="Zoë"' in form.name()
