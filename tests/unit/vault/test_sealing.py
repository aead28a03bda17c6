"""The format of sealed bytes: known answers, and nothing else opens."""

import secrets
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from caseapp.vault.sealing import CannotOpen, context, looks_sealed, open_sealed, seal

KEY = bytes(range(32))
CIPHER = AESGCM(KEY)
ROW = UUID("00112233-4455-6677-8899-aabbccddeeff")
PLACE = context("note", "head", ROW)

KNOWN_PLACE = "000000046e6f74650000000468656164" + ROW.hex
KNOWN_SEALED = (
    "010100000007a0a1a2a3a4a5a6a7a8a9aaab87380f4824a767db4211e2ab738fd25255f66907cce34480e3364b3973"
)


@pytest.fixture
def fixed_nonce(monkeypatch: pytest.MonkeyPatch) -> bytes:
    nonce = bytes(range(0xA0, 0xAC))
    monkeypatch.setattr(secrets, "token_bytes", lambda size: nonce[:size])
    return nonce


def test_the_place_is_length_prefixed_label_column_and_row() -> None:
    assert PLACE.hex() == KNOWN_PLACE


def test_sealed_bytes_are_the_known_answer(fixed_nonce: bytes) -> None:
    assert seal(CIPHER, 7, b"a sealed text", PLACE).hex() == KNOWN_SEALED


def test_the_known_answer_opens_with_the_library_alone() -> None:
    sealed = bytes.fromhex(KNOWN_SEALED)
    opened = AESGCM(KEY).decrypt(sealed[6:18], sealed[18:], sealed[:6] + bytes.fromhex(KNOWN_PLACE))
    assert opened == b"a sealed text"


def test_the_known_answer_opens() -> None:
    assert open_sealed(CIPHER, 7, bytes.fromhex(KNOWN_SEALED), PLACE) == b"a sealed text"


def test_the_same_text_is_never_sealed_alike_twice() -> None:
    assert seal(CIPHER, 1, b"text", PLACE) != seal(CIPHER, 1, b"text", PLACE)


@given(text=st.binary(max_size=300), generation=st.integers(0, 2**32 - 1))
def test_what_was_sealed_opens(text: bytes, generation: int) -> None:
    assert open_sealed(CIPHER, generation, seal(CIPHER, generation, text, PLACE), PLACE) == text


@pytest.mark.parametrize("position", range(34 + 13))
def test_every_changed_byte_is_found(position: int) -> None:
    sealed = bytearray(bytes.fromhex(KNOWN_SEALED))
    sealed[position] ^= 1
    with pytest.raises(CannotOpen):
        open_sealed(CIPHER, 7, bytes(sealed), PLACE)


@pytest.mark.parametrize("length", range(34 + 13))
def test_every_cut_is_found(length: int) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(CIPHER, 7, bytes.fromhex(KNOWN_SEALED)[:length], PLACE)


@pytest.mark.parametrize("planted", [None, b"", "text", 5, b"\x00" * 60])
def test_whatever_is_planted_is_the_one_error(planted: object) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(CIPHER, 7, planted, PLACE)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "elsewhere",
    [
        context("note", "body", ROW),
        context("case", "head", ROW),
        context("note", "head", UUID(int=ROW.int + 1)),
        context("noteh", "ead", ROW),
    ],
)
def test_sealed_bytes_open_in_their_own_place_alone(elsewhere: bytes) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(CIPHER, 7, bytes.fromhex(KNOWN_SEALED), elsewhere)


def test_another_key_or_another_generation_of_it_opens_nothing() -> None:
    with pytest.raises(CannotOpen):
        open_sealed(AESGCM(bytes(32)), 7, bytes.fromhex(KNOWN_SEALED), PLACE)
    with pytest.raises(CannotOpen):
        open_sealed(CIPHER, 8, bytes.fromhex(KNOWN_SEALED), PLACE)


def test_the_error_says_nothing_of_what_went_wrong() -> None:
    with pytest.raises(CannotOpen) as raised:
        open_sealed(CIPHER, 7, bytes(60), PLACE)
    assert raised.value.__cause__ is None
    assert str(raised.value) == str(CannotOpen())


def test_only_sealed_bytes_look_sealed() -> None:
    assert looks_sealed(bytes.fromhex(KNOWN_SEALED))
    assert not any(map(looks_sealed, (None, b"", "x" * 60, b"plain text that is long" * 3)))
