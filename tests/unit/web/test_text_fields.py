from collections.abc import Callable
from typing import Any

import pytest

from caseapp.web.forms import (
    EmailLine,
    Form,
    PasswordLine,
    PhoneLine,
    PostcodeLine,
    TextArea,
    TextLine,
    WholeNumber,
)
from caseapp.web.text_fields import KEPT_IN_BOX

Ask = Callable[..., Any]


class Texts(Form):
    name = TextLine("First names", limit=10, required="Enter the first names")
    text = TextArea("What happened", limit=50)
    email = EmailLine("Email address")
    phone = PhoneLine("Telephone number")
    postcode = PostcodeLine("Postcode")
    score = WholeNumber("DASH score", least=0, most=24)
    passphrase = PasswordLine("Passphrase")


def test_text_is_stored_in_its_normal_form(asked: Ask) -> None:
    form = asked(Texts, {"name": "  Zoe\u0308 ", "text": "one\r\ntwo  "})
    assert form.values()["name"] == "Zo\u00eb"
    assert form.text.data == "one\ntwo"
    assert not form.errors


def test_a_blank_answer_that_is_required_is_asked_for_in_its_own_words(asked: Ask) -> None:
    assert asked(Texts, {"name": " \u200b"}).errors == {"name": ["Enter the first names"]}


def test_a_blank_answer_that_is_not_required_is_empty_text_or_none(asked: Ask) -> None:
    form = asked(Texts, {"name": "Zoë", "email": "", "phone": "", "postcode": " ", "score": ""})
    assert not form.errors
    assert (form.email.data, form.postcode.data, form.score.data) == ("", "", None)


def test_a_text_that_is_too_long_stays_in_its_box_beside_the_message(asked: Ask) -> None:
    form = asked(Texts, {"name": "Zoë", "text": "a<b" * 20})
    assert form.text.errors == ["What happened must be 50 characters or fewer. You typed 60"]
    assert "a&lt;b" * 20 in form.text()


def test_of_a_pasted_book_only_a_bounded_part_goes_back_to_the_page(asked: Ask) -> None:
    form = asked(Texts, {"name": "Zoë", "text": "word " * 150_000})
    assert "the first 100,000 are kept" in form.text.errors[0]
    assert len(form.text()) < KEPT_IN_BOX + 5_000


def test_the_longest_kept_text_in_any_script_can_be_sent_again() -> None:
    from urllib.parse import quote_plus

    from caseapp.web.limits import MAX_FORM_BYTES

    assert len(quote_plus("漢" * KEPT_IN_BOX)) < MAX_FORM_BYTES


def test_control_characters_are_refused_and_not_sent_back(asked: Ask) -> None:
    form = asked(Texts, {"name": "Zo\x00ë", "text": "be\x07ll"})
    assert "control characters" in form.name.errors[0]
    assert "\x00" not in form.name()
    assert "\x07" not in form.text()


def test_what_was_typed_cannot_become_markup(asked: Ask) -> None:
    form = asked(Texts, {"name": '"><script>', "text": "</textarea><script>"})
    assert "<script" not in form.name() + form.text()


@pytest.mark.parametrize("typed", ["x@", "@example.org", "a b@example.org", "a@b@example.org"])
def test_an_impossible_email_address_is_refused(asked: Ask, typed: str) -> None:
    form = asked(Texts, {"name": "Zoë", "email": typed})
    assert form.email.errors == ["Enter email address in the correct format, like name@example.org"]
    assert f'value="{typed}"' in form.email()


def test_an_email_address_is_stored_in_one_way_of_writing(asked: Ask) -> None:
    form = asked(Texts, {"name": "Zoë", "email": " Zoe@Example.ORG "})
    assert form.email.data == "Zoe@example.org"


@pytest.mark.parametrize("typed", ["020 7946 0123", "+44 (0)808 157 0192", "07700 900982 ext 12"])
def test_numbers_are_taken_as_people_write_them(asked: Ask, typed: str) -> None:
    assert asked(Texts, {"name": "Zoë", "phone": typed}).phone.data == typed


@pytest.mark.parametrize("typed", ["call me", "12345", "0" * 25, "+"])
def test_what_is_no_telephone_number_is_refused(asked: Ask, typed: str) -> None:
    assert asked(Texts, {"name": "Zoë", "phone": typed}).phone.errors


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("w87nx", "W8 7NX"), ("SW1A 1AA", "SW1A 1AA"), (" w1a-0ax ", "W1A 0AX"), ("m11ae", "M1 1AE")],
)
def test_a_postcode_is_stored_in_one_way_of_writing(asked: Ask, typed: str, stored: str) -> None:
    assert asked(Texts, {"name": "Zoë", "postcode": typed}).postcode.data == stored


@pytest.mark.parametrize("typed", ["W8", "12345", "W8 7N", "near the park"])
def test_half_a_postcode_is_refused(asked: Ask, typed: str) -> None:
    form = asked(Texts, {"name": "Zoë", "postcode": typed})
    assert form.postcode.errors == ["Enter postcode in full, like W8 7NX"]


@pytest.mark.parametrize(("typed", "stored"), [("0", 0), ("24", 24), (" 1 2 ", 12), ("٧", 7)])
def test_a_whole_number_within_its_range_is_read(asked: Ask, typed: str, stored: int) -> None:
    assert asked(Texts, {"name": "Zoë", "score": typed}).score.data == stored


@pytest.mark.parametrize("typed", ["25", "-1", "1.5", "many", "9" * 40])
def test_a_number_out_of_range_or_none_at_all_is_refused_and_kept(asked: Ask, typed: str) -> None:
    form = asked(Texts, {"name": "Zoë", "score": typed})
    assert form.score.errors
    assert f'value="{typed}"' in form.score()


def test_a_passphrase_is_taken_exactly_and_never_sent_back(asked: Ask) -> None:
    form = asked(Texts, {"name": "", "passphrase": "  Zoe\u0308\u202e "})
    assert form.passphrase.data == "  Zoe\u0308\u202e "
    assert "Zoe" not in form.passphrase()
    assert ("Passphrase", "") in form.read_back()


def test_browsers_are_told_to_keep_nothing_and_to_send_no_text_to_a_spelling_service(
    asked: Ask,
) -> None:
    form = asked(Texts, {})
    for drawn in (form.name(), form.text()):
        assert 'autocomplete="off"' in drawn
        assert 'spellcheck="false"' in drawn
