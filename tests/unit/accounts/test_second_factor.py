"""One-time codes and recovery codes."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.accounts import second_factor
from caseapp.accounts.second_factor import matching_step

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MOMENT = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
STEP = int(MOMENT.timestamp()) // 30


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


def test_the_code_of_the_moment_is_right() -> None:
    assert matching_step(SECRET, code_at(MOMENT), 0, MOMENT) == STEP


@pytest.mark.parametrize("seconds", [-30, 30])
def test_a_clock_that_is_half_a_minute_off_is_no_obstacle(seconds: int) -> None:
    code = code_at(MOMENT + timedelta(seconds=seconds))
    assert matching_step(SECRET, code, 0, MOMENT) == STEP + seconds // 30


@pytest.mark.parametrize("seconds", [-60, 60, 3600])
def test_an_older_or_later_code_is_wrong(seconds: int) -> None:
    assert matching_step(SECRET, code_at(MOMENT + timedelta(seconds=seconds)), 0, MOMENT) is None


def test_a_code_that_was_used_cannot_be_used_again() -> None:
    assert matching_step(SECRET, code_at(MOMENT), STEP, MOMENT) is None


def test_a_code_older_than_the_last_one_used_is_refused_too() -> None:
    before = code_at(MOMENT - timedelta(seconds=30))
    assert matching_step(SECRET, before, STEP, MOMENT) is None


def test_spaces_in_a_code_do_not_matter() -> None:
    code = code_at(MOMENT)
    assert matching_step(SECRET, f" {code[:3]} {code[3:]} ", 0, MOMENT) == STEP


@given(st.text(max_size=40))
def test_no_other_text_is_a_code(text: str) -> None:
    digits = "".join(text.split())
    known = {code_at(MOMENT + timedelta(seconds=offset)) for offset in (-30, 0, 30)}
    assert digits in known or matching_step(SECRET, text, 0, MOMENT) is None


def test_ten_recovery_codes_are_made_and_none_is_alike() -> None:
    codes = second_factor.new_recovery_codes()
    assert len(set(codes)) == 10
    assert all(len(code.replace("-", "")) == 12 for code in codes)


def test_a_recovery_code_works_once_however_it_is_typed() -> None:
    codes = second_factor.new_recovery_codes()
    digests = tuple(second_factor.digest_of(code) for code in codes)
    remaining = second_factor.without_code(digests, codes[3].upper().replace("-", " "))
    assert remaining is not None
    assert len(remaining) == 9
    assert second_factor.without_code(remaining, codes[3]) is None


def test_what_is_kept_of_a_recovery_code_does_not_hold_it() -> None:
    code = second_factor.new_recovery_codes()[0]
    assert code not in second_factor.digest_of(code)


@given(st.text(max_size=40))
def test_nothing_typed_at_random_is_a_recovery_code(text: str) -> None:
    digests = tuple(second_factor.digest_of(code) for code in second_factor.new_recovery_codes())
    assert second_factor.without_code(digests, text) is None
    assert second_factor.without_code((), text) is None


def test_the_square_has_no_style_and_no_script_so_the_content_policy_shows_it() -> None:
    square = ET.fromstring(second_factor.qr_code(SECRET, "amina@example.org"))  # noqa: S314 - ours
    for element in square.iter():
        assert element.tag.rpartition("}")[2] in {"svg", "g", "path"}
        assert not {name for name in element.attrib if name.startswith("on") or name == "style"}


def test_the_key_in_words_is_the_same_key() -> None:
    assert second_factor.grouped(SECRET).replace(" ", "") == SECRET
    assert len(second_factor.new_secret()) == 32
