"""What a person's documents hold: rows of before are read as what they can have meant."""

from typing import Any

import msgspec
import pytest

from caseapp.people.models import PersonBody, PersonHead

NOBODY_LISTS = {
    "gender_identity", "gender_in_words", "sexual_orientation", "immigration_status",
    "public_funds", "other_borough",
}  # fmt: skip


def test_what_only_the_page_of_a_case_shows_is_opened_by_no_list() -> None:
    assert set(PersonBody.__struct_fields__) >= NOBODY_LISTS
    assert not NOBODY_LISTS & set(PersonHead.__struct_fields__)


@pytest.mark.parametrize(
    ("stored", "means"),
    [
        ({"interpreter_needed": False}, None),  # it stood there too where nobody asked
        ({"interpreter_needed": True}, True),
        ({}, None),
        ({"interpreter": False}, False),
        ({"interpreter": False, "interpreter_needed": False}, False),
    ],
)
def test_a_stored_no_of_before_is_not_taken_for_an_answer(
    stored: dict[str, Any], means: bool | None
) -> None:
    body = msgspec.convert(stored, PersonBody)
    assert body.interpreter_needed is means


def test_an_answer_is_read_back_as_it_was_stored() -> None:
    for answer in (None, False, True):
        body = PersonBody(interpreter_needed=answer)
        assert msgspec.json.decode(msgspec.json.encode(body), type=PersonBody) == body
