from collections.abc import Callable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from flask import render_template_string

from caseapp.reference import CodeList, Entry, choices, code_list, in_force
from caseapp.web.forms import (
    ChoiceCheckboxes,
    ChoiceRadios,
    CodeCheckboxes,
    CodeRadios,
    CodeSelect,
    Confirm,
    Form,
    YesNo,
)

Ask = Callable[..., Any]
colours = [("red", "Red"), ("blue", "Blue")]


class Choices(Form):
    sex = CodeRadios("Sex", "sex", required="Choose the sex")
    ethnicity = CodeRadios("Ethnic group", "ethnicity")
    ward = CodeSelect("Ward", "ward")
    needs = CodeCheckboxes("Needs", "slcn")
    disability = CodeCheckboxes("Disability", "disability", alone=("none",))
    interpreter = YesNo("Interpreter needed", required="Say yes or no")
    colour = ChoiceRadios("Colour", lambda: colours)
    many = ChoiceCheckboxes("Colours", colours)
    safe = Confirm("It is safe", required="Confirm that it is safe")


FINE = {"sex": "female", "interpreter": "no", "safe": "yes"}


@pytest.fixture
def own_edition() -> Iterator[Callable[[CodeList], None]]:
    """Return a function that brings a home's own edition of a list into force."""
    yield lambda edition: in_force.use_editions([(date(2020, 1, 1), edition)])
    in_force.use_editions([])


def without(name: str, code: str) -> CodeList:
    """The list with one code retired."""
    shipped = code_list(name)
    entries = tuple(
        msgspec.structs.replace(e, retired=True) if e.code == code else e for e in shipped.entries
    )
    return msgspec.structs.replace(shipped, version=shipped.version + 1, entries=entries)


def test_answers_are_the_codes_of_the_list(asked: Ask) -> None:
    form = asked(Choices, FINE | {"needs": ["autism", "stammer"], "ward": "E05009391"})
    assert not form.errors
    assert form.values() == {
        "sex": "female", "ethnicity": None, "ward": "E05009391", "needs": ["stammer", "autism"],
        "disability": [], "interpreter": False, "colour": None, "many": [], "safe": True,
    }  # fmt: skip


def test_what_was_not_chosen_is_asked_for_in_its_own_words(asked: Ask) -> None:
    assert asked(Choices, {}).errors == {
        "sex": ["Choose the sex"],
        "interpreter": ["Say yes or no"],
        "safe": ["Confirm that it is safe"],
    }


@pytest.mark.parametrize("name", ["sex", "ward", "needs", "colour", "many"])
def test_a_code_that_was_not_offered_is_refused(asked: Ask, name: str) -> None:
    assert "from the list" in asked(Choices, FINE | {name: "made_up"}).errors[name][0]


@pytest.mark.parametrize("blank", [" ", "\n\n", "\u200b"])
@pytest.mark.parametrize("name", ["ethnicity", "ward", "colour"])
def test_what_cannot_be_seen_is_no_answer(asked: Ask, name: str, blank: str) -> None:
    """Nor is it stored as a code, which no list would know when the record is shown."""
    form = asked(Choices, FINE | {name: blank})
    assert not form.errors
    assert form.values()[name] is None


@pytest.mark.parametrize("blank", [" ", "\u200b"])
def test_what_cannot_be_seen_is_no_tick(asked: Ask, blank: str) -> None:
    form = asked(Choices, FINE | {"needs": blank})
    assert not form.errors
    assert form.values()["needs"] == []


def test_a_list_that_changes_while_the_server_runs_changes_the_form(
    asked: Ask, own_edition: Callable[[CodeList], None]
) -> None:
    assert not asked(Choices, FINE | {"ethnicity": "other_arab"}).errors
    own_edition(without("ethnicity", "other_arab"))
    form = asked(Choices, FINE | {"ethnicity": "other_arab"})
    assert form.ethnicity.errors == ["Choose ethnic group from the list"]
    assert "other_arab" not in form.sex() + asked(Choices, FINE).ethnicity()


def test_a_retired_code_that_the_record_holds_can_stay(
    asked: Ask, own_edition: Callable[[CodeList], None]
) -> None:
    own_edition(without("ethnicity", "other_arab"))
    held = SimpleNamespace(ethnicity="other_arab", needs=["autism"])
    form = asked(Choices, FINE | {"ethnicity": "other_arab"}, obj=held)
    assert not form.errors
    assert "Arab</label>" in form.ethnicity()


def test_unticking_every_box_empties_the_answer(asked: Ask) -> None:
    held = SimpleNamespace(needs=["autism"], safe=True)
    assert asked(Choices, FINE, obj=held).needs.data == []


def test_none_cannot_be_chosen_together_with_something(asked: Ask) -> None:
    form = asked(Choices, FINE | {"disability": ["none", "vision"]})
    assert "alone" in form.disability.errors[0]
    assert not asked(Choices, FINE | {"disability": ["none"]}).errors
    assert not asked(Choices, FINE | {"disability": ["vision", "hearing"]}).errors


def test_groups_of_a_list_have_their_headings(asked: Ask) -> None:
    drawn = asked(Choices, FINE).ethnicity()
    assert "Asian or Asian British</legend>" in drawn
    assert drawn.count('type="radio"') == len(choices("ethnicity"))


def test_each_box_has_an_id_of_its_own_and_the_first_one_is_where_the_error_leads(
    asked: Ask,
) -> None:
    form = asked(Choices, {})
    drawn = form.sex()
    ids = [part.split('"')[0] for part in drawn.split('id="')[1:]]
    assert len(ids) == len(set(ids))
    assert "sex" in ids
    assert ("Choose the sex", "#sex") in form.problems()


def test_what_was_chosen_is_shown_as_chosen(asked: Ask) -> None:
    form = asked(Choices, {"sex": "male", "interpreter": "no", "ward": "E05009391", "many": "red"})
    assert 'value="male" checked' in form.sex()
    assert 'value="no" checked' in form.interpreter()
    assert 'value="E05009391" selected' in form.ward()
    assert 'value="red" checked' in form.many()


def test_answers_are_read_back_in_words(asked: Ask) -> None:
    back = dict(asked(Choices, FINE | {"needs": ["autism", "stammer"]}).read_back())
    assert back["Sex"] == "Female"
    assert back["Needs"] == "Stammer, Autism"
    assert back["Interpreter needed"] == "No"


def test_only_the_entries_asked_for_are_offered(asked: Ask) -> None:
    def is_asian(entry: Entry) -> bool:
        return entry.group == "asian"

    class Narrow(Form):
        ethnicity = CodeRadios("Ethnic group", "ethnicity", only=is_asian)

    assert asked(Narrow, {"ethnicity": "asian_indian"}).errors == {}
    assert asked(Narrow, {"ethnicity": "white_irish"}).errors


def test_answers_take_the_room_that_they_need(asked: Ask) -> None:
    form = asked(Choices, {})
    assert "govuk-radios--inline" in form.sex()
    assert "app-columns" in form.disability()
    assert "govuk-radios--inline" not in form.sex(reveal={"female": form.many})
    assert "app-columns" not in form.disability(reveal={"none": form.colour})
    assert "app-columns" not in form.ethnicity(), "its groups stand beside each other already"


@pytest.mark.parametrize(
    ("answers", "is_open"),
    [({}, False), ({"colour": "red"}, True), ({"colour": "green"}, True)],
    ids=["nothing", "an answer", "a wrong answer"],
)
def test_questions_that_are_seldom_needed_are_folded_unless_something_is_in_them(
    asked: Ask, answers: dict[str, str], is_open: bool
) -> None:
    form = asked(Choices, answers)
    drawn = render_template_string(
        '{% from "components/form.html" import more_questions %}'
        '{{ more_questions("More", [form.colour, form.many]) }}',
        form=form,
    )
    assert ("<details" in drawn, 'details" open>' in drawn) == (True, is_open)
