"""Two people save one record: what only one of them changed stays, and of the rest nothing is
stored over the other before somebody has chosen."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from flask import Flask

from caseapp.web.forms import (
    ChoiceCheckboxes,
    ChoiceRadios,
    Confirm,
    DateParts,
    Form,
    TextArea,
    TextLine,
    TimeOfDay,
    WholeNumber,
    YesNo,
)

Ask = Callable[..., Any]
COLOURS = [("red", "Red"), ("green", "Green"), ("blue", "Blue")]
STORED: dict[str, Any] = {
    "name": "Zoë",
    "text": "First.\nSecond.",
    "on": date(2026, 5, 4),
    "at": time(14, 30),
    "colour": "red",
    "colours": ["red", "blue"],
    "safe": True,
    "sure": True,
    "number": 7,
}
OTHER: dict[str, Any] = {
    "name": "Zoe",
    "text": "Theirs.",
    "on": date(2026, 6, 1),
    "at": time(9, 0),
    "colour": "green",
    "colours": ["green"],
    "safe": False,
    "sure": False,
    "number": None,
}


class Record(Form):
    name = TextLine("Name")
    text = TextArea("What happened", limit=50)
    on = DateParts("Date")
    at = TimeOfDay("Time")
    colour = ChoiceRadios("Colour", choices=COLOURS)
    colours = ChoiceCheckboxes("Colours", choices=COLOURS)
    safe = YesNo("Is it safe?")
    sure = Confirm("I am sure")
    number = WholeNumber("How many?")


def page_of(stored: dict[str, Any], revision: int = 3) -> dict[str, Any]:
    """What a page made of this record sends back if nobody touches it."""
    form = Record(data=stored, revision=revision, formdata=None)
    form.hidden_tag()
    sent: dict[str, Any] = {"revision": str(revision), "seen": form.seen.data}
    for answer in form.answers():
        for name, text in answer.as_sent():
            sent.setdefault(name, []).append(text)
    return sent


def met_by(asked: Ask, sent: dict[str, Any], stored: dict[str, Any], revision: int = 4) -> Any:
    """The form after its revision was found to be an old one."""
    form = asked(Record, sent, data=stored, revision=revision)
    form.meet_conflict(Record(formdata=None, data=stored), revision)
    return form


def sent_again(form: Any) -> dict[str, Any]:
    """What the page of the conflict sends back, before anything is chosen on it."""
    sent: dict[str, Any] = {"revision": str(form.revision.data), "seen": form.seen.data}
    pairs = [pair for answer in form.answers() for pair in answer.as_sent()]
    pairs += [pair for difference in form.meeting.to_decide for pair in difference.hidden]
    for name, text in [*pairs, *form.before]:
        sent.setdefault(name, []).append(text)
    return sent


@pytest.fixture(autouse=True)
def _page(gallery: Flask) -> Any:
    with gallery.test_request_context("/"):
        yield


@pytest.mark.parametrize("name", STORED)
def test_an_answer_that_only_the_other_one_changed_is_taken_over(asked: Ask, name: str) -> None:
    now = {**STORED, name: OTHER[name]}
    form = met_by(asked, page_of(STORED), now)
    assert form.values() == now
    assert form.meeting.to_decide == []
    assert [question for question, _ in form.meeting.taken_over] == [form[name].words]


@pytest.mark.parametrize("name", STORED)
def test_an_answer_that_only_i_changed_stays_mine_without_a_question(asked: Ask, name: str) -> None:
    mine = {**page_of({**STORED, name: OTHER[name]}), "seen": page_of(STORED)["seen"]}
    form = met_by(asked, mine, STORED)
    assert form.values() == {**STORED, name: OTHER[name]}
    assert form.meeting == ([], [])


@pytest.mark.parametrize("name", [name for name in STORED if name not in {"safe", "sure"}])
@pytest.mark.parametrize("way", ["mine", "theirs"])
def test_where_both_changed_it_the_one_that_was_chosen_is_kept(
    asked: Ask, name: str, way: str
) -> None:
    third = {"on": date(2026, 1, 1), "at": time(1, 0), "colours": ["blue"], "number": 1}
    mine_is = third.get(name, "blue")
    mine = {**page_of({**STORED, name: mine_is}), "seen": page_of(STORED)["seen"]}
    now = {**STORED, name: OTHER[name]}
    form = met_by(asked, mine, now)
    assert [difference.name for difference in form.meeting.to_decide] == [name]
    chosen = asked(Record, {**sent_again(form), f"merge-{name}": way}, data=now, revision=4)
    assert chosen.errors == {}
    assert chosen.values() == {**STORED, name: mine_is if way == "mine" else OTHER[name]}


def test_a_choice_that_was_left_blank_is_no_change(asked: Ask) -> None:
    blank = {**STORED, "colour": ""}
    form = met_by(asked, page_of(blank), {**blank, "colour": "red"})
    assert form.meeting == ([], [("Colour", "Red")])


def conflict(asked: Ask) -> Any:
    mine = {**page_of(STORED), "text": ["Mine."]}
    return met_by(asked, mine, {**STORED, "text": "Theirs."})


def test_both_texts_are_shown_and_nothing_is_chosen_beforehand(asked: Ask) -> None:
    form = conflict(asked)
    (difference,) = form.meeting.to_decide
    assert (difference.typed, difference.stored) == ("Mine.", "Theirs.")
    assert form.text.data == "Mine."
    assert form.problems()[-1][1] == "#merge-text"


def test_both_can_be_kept_one_after_the_other(asked: Ask) -> None:
    form = asked(Record, {**sent_again(conflict(asked)), "merge-text": "both"})
    assert form.text.data == "Mine.\n\nTheirs."
    assert form.errors == {}


def test_both_together_may_be_too_long_and_then_both_are_in_the_box(asked: Ask) -> None:
    mine = {**page_of(STORED), "text": ["m" * 40]}
    met = met_by(asked, mine, {**STORED, "text": "t" * 40})
    form = asked(Record, {**sent_again(met), "merge-text": "both"})
    assert list(form.errors) == ["text"]
    assert form.text.in_box() == f"{'m' * 40}\n\n{'t' * 40}"


def test_saving_without_a_choice_is_refused_and_shows_both_again(asked: Ask) -> None:
    met = conflict(asked)
    form = asked(Record, sent_again(met), data={**STORED, "text": "Theirs."})
    assert form.errors
    assert form.meeting.to_decide == met.meeting.to_decide
    assert form.before == met.before


def test_another_answer_written_into_the_box_is_a_choice(asked: Ask) -> None:
    form = asked(Record, {**sent_again(conflict(asked)), "text": ["Of one mind."]})
    assert form.errors == {}
    assert form.text.data == "Of one mind."


def test_a_second_conflict_during_the_merge_asks_again_with_what_was_merged(asked: Ask) -> None:
    first = sent_again(conflict(asked))
    now = {**STORED, "text": "A third one's."}
    form = met_by(asked, {**first, "merge-text": "both"}, now, revision=5)
    (difference,) = form.meeting.to_decide
    assert (difference.typed, difference.stored) == ("Mine.\n\nTheirs.", "A third one's.")


def test_an_old_page_that_says_nothing_of_what_it_saw_is_asked_about_everything(asked: Ask) -> None:
    mine = {**page_of({**STORED, "name": "Mine"}), "seen": ""}
    form = met_by(asked, mine, {**STORED, "text": "Theirs."})
    assert [difference.name for difference in form.meeting.to_decide] == ["name", "text"]


@pytest.mark.parametrize("seen", ["text", "a:b:c", ":", "text:", "\x00", "name:" * 50])
def test_nonsense_in_the_hidden_field_is_no_failure(asked: Ask, seen: str) -> None:
    mine = {**page_of(STORED), "text": ["Mine."], "seen": seen}
    assert met_by(asked, mine, {**STORED, "text": "Theirs."}).meeting.to_decide


def test_a_draft_of_the_merge_page_goes_back_to_the_old_revision(asked: Ask) -> None:
    seen = page_of(STORED)["seen"]
    form = conflict(asked)
    assert form.revision.data == 4
    assert form.before == [("before-revision", "3"), ("before-seen", seen)]
