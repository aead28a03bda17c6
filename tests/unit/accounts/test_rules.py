"""Passwords that are refused, and how often a guess may be made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.accounts import rules
from caseapp.accounts.demo import PASSWORD as DEMO_PASSWORD
from caseapp.accounts.rules import Allowance, in_words, weakness_of

ALLOWANCES = (rules.ACCOUNT, rules.ACCOUNT_AT_ADDRESS, rules.KNOWN_DEVICE, rules.CODE)
FIVE_MINUTES = 300


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd1234",
        "qwertyuiop12",
        "123456789012",
        "aaaaaaaaaaaaaaaa",
        "liverpool1892",
        "letmeinletmein",
        "Kensington2024!",
        "violenceadvocate",
        "caseappcaseapp1",
    ],
)
def test_a_password_built_from_a_common_one_is_refused(password: str) -> None:
    assert "easy to guess" in (weakness_of(password) or "")


@pytest.mark.parametrize(
    "password",
    [
        "lantern orchard violet kettle",
        "I walked to Portobello on Tuesday",
        "الفانوس البنفسجي في البستان",
        "vK3$w9!pQz7m",
    ],
)
def test_a_good_password_needs_no_capitals_or_digits(password: str) -> None:
    assert weakness_of(password) is None


def test_a_password_of_eleven_characters_is_too_short_and_of_201_too_long() -> None:
    assert "12 characters or more" in (weakness_of("vK3$w9!pQz7") or "")
    assert "200 characters or fewer" in (weakness_of("vK3$w9!pQz7m" * 17) or "")


def test_the_longest_password_is_taken() -> None:
    assert weakness_of(("lantern orchard violet kettle " * 7)[:200]) is None


@pytest.mark.parametrize("written", [DEMO_PASSWORD, DEMO_PASSWORD.upper(), f" {DEMO_PASSWORD} "])
def test_the_password_that_the_documentation_prints_is_refused(written: str) -> None:
    assert "printed in the documentation" in (weakness_of(written) or "")


@pytest.mark.parametrize(
    "password", ["orchard amina violet kettle", "orchard RAHMAN-OKAFOR kettle", "kettle.a.rahman"]
)
def test_a_password_that_holds_a_piece_of_the_owners_name_is_refused(password: str) -> None:
    weakness = weakness_of(password, personal=("Amina Rahman-Okafor", "a.rahman"))
    assert "your name or email address" in (weakness or "")


def test_a_short_name_does_not_forbid_half_of_all_sentences() -> None:
    assert weakness_of("lantern orchard violet kettle", personal=("Al Ng",)) is None


def test_the_words_of_the_team_add_no_strength() -> None:
    password = "westbournegroveteam"
    assert weakness_of(password) is None
    assert weakness_of(password, known_words=("Westbourne Grove team",)) is not None


@given(st.text(max_size=250), st.lists(st.text(max_size=40), max_size=3))
def test_no_text_makes_the_check_fail(password: str, personal: list[str]) -> None:
    weakness = weakness_of(password, personal=personal)
    assert weakness is None or len(password) < 12 or weakness


def tries_in(allowance: Allowance, seconds: int, asked_at: list[int]) -> int:
    paid_back_at = tried = 0
    for moment in asked_at:
        if moment < seconds and allowance.wait(paid_back_at, moment) == 0:
            paid_back_at, tried = allowance.take(paid_back_at, moment), tried + 1
    return tried


@pytest.mark.parametrize("allowance", ALLOWANCES)
@given(asked=st.lists(st.integers(0, FIVE_MINUTES - 1), max_size=1000))
def test_at_most_ten_guesses_are_tried_in_five_minutes(
    allowance: Allowance, asked: list[int]
) -> None:
    assert tries_in(allowance, FIVE_MINUTES, sorted(asked)) <= 10


@pytest.mark.parametrize("allowance", ALLOWANCES)
def test_even_who_asks_each_second_gets_ten_tries_at_most(allowance: Allowance) -> None:
    each_second = list(range(FIVE_MINUTES))
    assert allowance.burst <= tries_in(allowance, FIVE_MINUTES, each_second) <= 10


@given(st.integers(1, 20), st.integers(1, 900), st.integers(0, 10**6), st.integers(0, 10**6))
def test_nobody_is_locked_out_for_longer_than_one_try_costs(
    burst: int, seconds: int, moment: int, later: int
) -> None:
    allowance, paid_back_at = Allowance(burst, seconds), 0
    for _ in range(burst):
        assert allowance.wait(paid_back_at, moment) == 0
        paid_back_at = allowance.take(paid_back_at, moment)
    wait = allowance.wait(paid_back_at, moment)
    assert wait == seconds
    assert allowance.wait(paid_back_at, moment + wait) == 0
    assert allowance.wait(paid_back_at, moment + later) == max(wait - later, 0)


def test_one_address_alone_leaves_tries_for_the_owner_elsewhere() -> None:
    a_day = 24 * 60 * 60
    from_one_place = tries_in(rules.ACCOUNT_AT_ADDRESS, a_day, list(range(0, a_day, 10)))
    paid_back_in_a_day = a_day // rules.ACCOUNT.seconds
    assert from_one_place < paid_back_in_a_day
    assert rules.ACCOUNT_AT_ADDRESS.burst < rules.ACCOUNT.burst


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes"), (300, "5 minutes")],
)
def test_a_wait_is_said_in_words_and_never_too_short(seconds: int, words: str) -> None:
    assert in_words(seconds) == words
