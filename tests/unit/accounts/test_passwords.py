"""Hashing: strong enough, slow for everybody alike, and never for more than two at once."""

from collections.abc import Iterator

import pytest

from caseapp.accounts import passwords
from caseapp.accounts.passwords import hash_password, hashing, is_password_of

PASSWORD = "lantern orchard violet kettle"


@pytest.fixture
def tried() -> Iterator[list[object]]:
    """One entry for each password that was really compared with a hash."""
    seen: list[object] = []

    def note(sender: object, **_rest: object) -> None:
        seen.append(sender)

    with hashing.connected_to(note):
        yield seen


def test_the_right_password_is_known_and_a_wrong_one_is_not() -> None:
    stored = hash_password(PASSWORD)
    assert is_password_of(stored, PASSWORD)
    assert not is_password_of(stored, PASSWORD + " ")


def test_a_hash_says_64_mebibytes_three_rounds_and_argon2id() -> None:
    assert hash_password(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=1$")


def test_an_account_that_does_not_exist_costs_the_same_work(tried: list[object]) -> None:
    assert not is_password_of(None, PASSWORD)
    assert len(tried) == 1
    assert not passwords.HASHER.check_needs_rehash(passwords.NOBODYS_HASH)


def test_nobodys_hash_opens_nothing_even_if_its_password_were_known() -> None:
    known = passwords.HASHER.hash(PASSWORD)
    assert is_password_of(known, PASSWORD)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "NOBODYS_HASH", known)
        assert not is_password_of(None, PASSWORD)


def test_letters_that_look_alike_are_alike_whatever_keyboard_sent_them() -> None:
    composed, taken_apart = "caf\u00e9 orchard violet", "cafe\u0301 orchard violet"
    assert is_password_of(hash_password(composed), taken_apart)


def test_a_damaged_hash_lets_nobody_in() -> None:
    assert not is_password_of("not a hash", PASSWORD)
    assert not is_password_of("$argon2id$v=19$m=65536,t=3,p=1$AAAA$AAAA", PASSWORD)


def test_a_third_guess_at_the_same_moment_waits_and_then_asks_to_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "WAIT_SECONDS", 0)
    with passwords._place(), passwords._place(), pytest.raises(passwords.TooBusy):
        is_password_of(None, PASSWORD)
    assert not is_password_of(None, PASSWORD)
