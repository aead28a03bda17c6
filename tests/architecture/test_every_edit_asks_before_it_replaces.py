"""Every form that edits a stored record, found by itself: whoever saves second is shown both
versions, and neither is stored over the other before somebody has chosen.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.architecture.permission_matrix import Door, Visitors
from tests.cast import Cast

House = tuple[object, Cast, list[Door]]
WRITERS = ("manager", "assigned_advocate", "administrator", "analyst")
FIRST, OTHER, MINE, MORE = "As it was.", "Theirs.", "Mine, the second.", "And a third one's."

# A form that no longer says which revision it was made of is missed here, or one that asks nothing.
EXPECTED = {
    "/accounts/<uuid:user_id>",
    "/action-plan/actions/<uuid:action_id>/edit",
    "/action-plan/objectives/<uuid:objective_id>/edit",
    "/cases/<uuid:case_id>/allocate",
    "/cases/<uuid:case_id>/flags/<uuid:flag_id>",
    "/cases/<uuid:case_id>/incidents/<uuid:incident_id>/edit",
    "/cases/<uuid:case_id>/person/edit",
    "/cases/<uuid:case_id>/plans/<uuid:plan_id>/edit",
    "/cases/<uuid:case_id>/referrals/<uuid:referral_id>/decision",
    "/cases/<uuid:case_id>/referrals/<uuid:referral_id>/edit",
    "/cases/<uuid:case_id>/themes",
    "/figures/<year>/<code>",
    "/populations/<year>",
    "/questionnaires/drafts/<uuid:draft_id>/questions/<question>",
    "/questionnaires/drafts/<uuid:draft_id>/title",
    "/voice/findings/<uuid:finding_id>/edit",
}
CHOICES_ALONE = {"/cases/<uuid:case_id>/allocate", "/cases/<uuid:case_id>/themes"}


class Boxes(HTMLParser):
    """What the form of a page would send, box by box, and which boxes take text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: MultiDict[str, str] = MultiDict()
        self.texts: list[str] = []
        self.first: dict[str, str] = {}  # for what is asked anew each time: its first answer
        self._box, self._select = "", ""
        self.feed(page.split("<main", 1)[1])

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in given}
        name, kind = found.get("name", ""), found.get("type", "")
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and "selected" in found:
            self.sent.add(self._select, found.get("value", ""))
        if tag == "textarea":
            self._box = name
            self.texts.append(name)
            self.sent.add(name, "")
        if tag == "input" and name:
            self._add(name, kind, found)

    def _add(self, name: str, kind: str, found: dict[str, str]) -> None:
        if kind == "radio" and not name.startswith("merge-"):
            self.first.setdefault(name, found["value"])
        if kind in {"radio", "checkbox"} and "checked" not in found:
            return
        if kind != "password":
            self.sent.add(name, found.get("value", "on" if kind == "checkbox" else ""))
        if kind == "text" and "inputmode" not in found and "-" not in name:
            self.texts.append(name)

    def handle_data(self, data: str) -> None:
        if self._box:
            self.sent[self._box] = data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._box = ""
        if tag == "select":
            self._select = ""


@dataclass
class Edit:
    """The form of one stored record."""

    door: Door
    client: FlaskClient

    def page(self) -> Boxes:
        return Boxes(self.client.get(self.door.path).text)

    def send(self, boxes: Boxes, **answers: str) -> TestResponse:
        data = MultiDict({**boxes.first, **boxes.sent.to_dict(flat=False), **answers})
        return self.client.post(self.door.path, data=data)


@pytest.fixture(scope="module")
def edits(house: House) -> dict[str, Edit]:
    """Every page whose form names the revision of a stored record, with who may edit it."""
    app, cast, doors = house
    found: dict[str, Edit] = {}
    for door in (door for door in doors if door.method == "GET"):
        for edit in _of(door, Visitors(app, cast)):  # type: ignore[arg-type]
            found.setdefault(door.rule, edit)
    return found


def _of(door: Door, visitors: Visitors) -> Iterator[Edit]:
    for name in WRITERS:
        client = visitors.client(name)
        page = client.get(door.path, buffered=True)
        if page.mimetype == "text/html" and re.search(
            r'name="revision"[^>]*value="\d+"', page.text
        ):
            yield Edit(door, client)


@pytest.fixture(scope="module")
def words(edits: dict[str, Edit]) -> dict[str, str]:
    """Of each form that has one, a box that takes any words. They are stored then."""
    boxes = {rule: _box_of(edit) for rule, edit in edits.items()}
    return {rule: box for rule, box in boxes.items() if box}


def test_every_edit_says_which_revision_it_was_made_of(
    edits: dict[str, Edit], words: dict[str, str]
) -> None:
    assert EXPECTED - edits.keys() == set()
    assert EXPECTED - CHOICES_ALONE - words.keys() == set()


def test_whoever_saves_second_sees_both_and_chooses(
    edits: dict[str, Edit], words: dict[str, str]
) -> None:
    told = {rule: list(_faults(edits[rule], box)) for rule, box in words.items()}
    assert {rule: faults for rule, faults in told.items() if faults} == {}


def _faults(edit: Edit, box: str) -> Iterator[str]:
    second = edit.page()
    edit.send(edit.page(), **{box: OTHER})
    met = edit.send(second, **{box: MINE})
    if met.status_code != 409 or not _shows(met, MINE, OTHER):
        yield f"the second save of {box} does not ask: {met.status_code}"
        return
    if edit.send(Boxes(met.text)).status_code != 422 or edit.page().sent[box] != OTHER:
        yield "stored without a choice"
    yield from _faults_of_a_second_conflict(edit, box, Boxes(met.text))


def _faults_of_a_second_conflict(edit: Edit, box: str, merge: Boxes) -> Iterator[str]:
    edit.send(edit.page(), **{box: MORE})
    again = edit.send(merge, **{f"merge-{box}": "mine"})
    if again.status_code != 409 or not _shows(again, MINE, MORE):
        yield "a second conflict is passed over"
    edit.send(Boxes(again.text), **{f"merge-{box}": "theirs"})
    if edit.page().sent[box] != MORE:
        yield "theirs was chosen, and mine is stored"


def _shows(page: TestResponse, *texts: str) -> bool:
    return all(text in html.unescape(page.text) for text in texts)


def _box_of(edit: Edit) -> str | None:
    """The first box that takes any words; they are stored then."""
    return next((name for name in edit.page().texts if _takes(edit, name)), None)


def _takes(edit: Edit, box: str) -> bool:
    """Whether this box takes any words, and gives them back on the next page."""
    taken = edit.send(edit.page(), **{box: FIRST})
    return taken.status_code in {302, 303} and edit.page().sent.get(box) == FIRST
