"""The row seal: a known answer, and every part of a row is under it."""

import hmac
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.vault.errors import CannotOpen
from caseapp.vault.keyring_file import Contents
from caseapp.vault.row_seal import RowSealer
from caseapp.vault.unlocked import Vault

KEY = bytes(range(32))
VAULT = Vault(
    Path("unused"),
    bytes(32),
    Contents(epochs={1: KEY}, row_seal={1: bytes(32), 2: KEY}, audit={1: KEY}, index={1: KEY}),
)


class Level(Enum):
    HIGH = "high"
    LOW = "low"


KINDS: dict[str, type] = {
    "owner": UUID, "word": str, "is_so": bool, "count": int, "token": bytes, "day": date,
    "level": Level,
}  # fmt: skip
SEALER = RowSealer("note", KINDS)
ROW: dict[str, Any] = {
    "id": UUID(int=1), "revision": 3, "owner": UUID(int=2), "word": "é", "is_so": True,
    "count": -7, "token": b"\x00\xff", "day": date(2024, 2, 29), "level": Level.HIGH,
}  # fmt: skip
HEAD_TAG, BODY_TAG = b"h" * 16, b"b" * 16
KNOWN = (
    "010100000002"
    "6868686868686868686868686868686862626262626262626262626262626262"
    "a717cc758f7f0b69f88503e2a7349b1506bf1383b782d369b0799ab24b209081"
)


def sealed(row: dict[str, Any], tags: bytes = HEAD_TAG + BODY_TAG) -> dict[str, Any]:
    documents = {"sealed_head": b"..." + HEAD_TAG, "sealed_body": b"..." + BODY_TAG}
    return {**row, **documents, "row_seal": SEALER.seal(VAULT, row, tags)}


def check(row: dict[str, Any]) -> None:
    SEALER.check(VAULT, row, ("sealed_head", "sealed_body"))


def test_the_seal_is_the_known_answer() -> None:
    assert SEALER.seal(VAULT, ROW, HEAD_TAG + BODY_TAG).hex() == KNOWN


def test_the_known_answer_is_a_plain_hmac_over_messagepack() -> None:
    covered = bytes.fromhex("010100000002") + HEAD_TAG + BODY_TAG
    values = [
        UUID(int=1).bytes, 3, UUID(int=2).bytes, "é", True, -7, b"\x00\xff", "2024-02-29", "high",
    ]  # fmt: skip
    message = b"caseapp row seal 1" + b"\x00\x00\x00\x04note" + covered
    mac = hmac.digest(KEY, message + msgspec.msgpack.encode(values), "sha256")
    assert (covered + mac).hex() == KNOWN


def test_a_sealed_row_checks() -> None:
    check(sealed(ROW))


def test_a_row_that_was_sealed_with_an_older_key_still_checks() -> None:
    row = sealed(ROW)
    newer = Vault(
        Path("unused"),
        bytes(32),
        Contents(epochs={1: KEY}, row_seal={2: KEY, 3: bytes(32)}, audit={1: KEY}, index={1: KEY}),
    )
    SEALER.check(newer, row, ("sealed_head", "sealed_body"))


@pytest.mark.parametrize(
    "change",
    [
        {"id": UUID(int=9)}, {"revision": 2}, {"owner": UUID(int=9)}, {"owner": None},
        {"word": "e"}, {"word": ""}, {"is_so": False}, {"is_so": 1}, {"count": 7},
        {"token": b""}, {"token": "00ff"}, {"day": date(2024, 3, 1)}, {"level": Level.LOW},
        {"sealed_head": b"..." + BODY_TAG}, {"sealed_head": None}, {"sealed_body": None},
        {"sealed_body": b""}, {"sealed_body": "text"}, {"revision": "3"}, {"count": 2**70},
        {"word": object()}, {"row_seal": None}, {"row_seal": b""}, {"row_seal": "text"},
    ],
)  # fmt: skip
def test_every_change_of_a_row_is_found(change: dict[str, Any]) -> None:
    with pytest.raises(CannotOpen):
        check({**sealed(ROW), **change})


@pytest.mark.parametrize("position", range(70))
def test_every_changed_byte_of_the_seal_is_found(position: int) -> None:
    seal = bytearray(bytes.fromhex(KNOWN))
    seal[position] ^= 1
    with pytest.raises(CannotOpen):
        check({**sealed(ROW), "row_seal": bytes(seal)})


def test_the_seal_of_another_model_is_worth_nothing() -> None:
    row = {
        **sealed(ROW),
        "row_seal": RowSealer("case", KINDS).seal(VAULT, ROW, HEAD_TAG + BODY_TAG),
    }
    with pytest.raises(CannotOpen):
        check(row)


def test_two_columns_cannot_be_swapped() -> None:
    sealer = RowSealer("note", {"one": str, "two": str})
    row = {"id": uuid4(), "revision": 1, "one": "a", "two": "b"}
    seal = sealer.seal(VAULT, row, bytes(32))
    with pytest.raises(CannotOpen):
        sealer.check(VAULT, {**row, "one": "b", "two": "a", "row_seal": seal}, ())


@given(st.lists(st.text(), min_size=2, max_size=2), st.lists(st.text(), min_size=2, max_size=2))
def test_two_rows_share_a_seal_only_if_they_are_the_same(one: list[str], other: list[str]) -> None:
    sealer = RowSealer("note", {"one": str, "two": str})
    start = {"id": UUID(int=1), "revision": 1}
    seals = [
        sealer.seal(VAULT, {**start, "one": first, "two": second}, bytes(32))
        for first, second in (one, other)
    ]
    assert (seals[0] == seals[1]) == (one == other)


@pytest.mark.parametrize("kind", [float, datetime, list, dict])
def test_a_kind_that_the_database_may_give_back_otherwise_cannot_be_bound(kind: type) -> None:
    with pytest.raises(TypeError, match="cannot be bound"):
        RowSealer("note", {"value": kind})


@pytest.mark.parametrize(
    ("name", "value"),
    [("owner", "text"), ("word", 5), ("is_so", 1), ("count", True), ("count", 1.0),
     ("day", datetime(2024, 1, 1)), ("level", "high"), ("id", "text")],  # noqa: DTZ001
)  # fmt: skip
def test_a_value_that_would_come_back_as_another_is_refused(name: str, value: object) -> None:
    with pytest.raises(TypeError, match=f"^{name} wants"):
        SEALER.seal(VAULT, {**ROW, name: value}, bytes(32))
