"""The keyring's file: damage is damage, never a wrong passphrase and never a new keyring."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from caseapp.vault.errors import KeyringDamaged
from caseapp.vault.keyring import UnlockKey, open_keyring
from caseapp.vault.keyring_file import read_keyring, write_keyring

UNLOCK = UnlockKey(bytes.fromhex("00112233445566778899aabbccddeeff" * 2))
KNOWN = (
    '{"checksum":"2f01ea6eb618ed546610c9869d90f860ac60fbc36f8181353e6a862e302fb796","'
    'keyring":{"format":"caseapp keyring 1","id":"00000000-0000-4000-8000-00000000000'
    '7","slots":[{"kind":"unlock-key","salt":"opV5rMk6RHhrrq0B1HTK9Q==","memory_kib":'
    '65536,"passes":3,"lanes":1,"wrapped_root":"AQEAAAABJKz2uBvYv/QDbpDxjgh7gYdUmju/3'
    'BrXAJ4uxJT7VGTv615izUty8tGlDHn2RRDayy9mDYOicCJHSfUM"},{"kind":"recovery-key","sa'
    'lt":"Qq9C4d7+L5W+G2w7dlz26g==","memory_kib":65536,"passes":3,"lanes":1,"wrapped_'
    'root":"AQEAAAABScqTIAANuA91p8uYHasQI7wPLbfVSwZUmb91j0emPrrU5XpBXPIwZEl7syvyvGBZe'
    'zb/lyLBpl0a/th2"}],"contents":"AQEAAAABmYR4txooRycWUzg65wf2C3PvHXQFi9ho85kXdRBgK'
    "Fj6Z/TX40CJwWJ9GKdGGsef7sOF1PpoNX9MdX3D1SQ6drSjcM9RZDdmZefOfPhQoXJVWG79bIJrtROF4"
    "xcdL2Fn3XHzPpvKGHORUPn7JNV66LNh5GTSFzamxwGjZziM8DwLQLNSc7ZEbYlKYtv5NQLZ5vPpmznSD"
    "nORLA3JCcaDa8tCyuIjqmvvE9+N/3K37gTqJV9F3OQCDgET52vtFApVUQyjdUeWKsACe4Swsc3Itg1SN"
    "vNrgNbJKnM4bSwJNj5Jz0P6hKP9Umr4bB07cJfGpW+Pc/YVBmlc6PFELdfquRrzO4n4GcSl5nW+Wg2d8"
    'hS/lzqDEA=="}}'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "keyring.json"
    path.write_text(KNOWN)
    return path


def test_a_keyring_of_the_first_format_opens_for_ever(path: Path) -> None:
    vault = open_keyring(path, UNLOCK)
    assert (
        vault.derive("embedded-database").hex()
        == "6ae6e66691782df1b3e7ae478ec3d739faf67718a6cf3923f79923f1d1863a45"
    )
    assert vault.blind_token("phone", "020 7946 0000").hex() == "109a74cce23928f0"
    assert (
        vault.stream_key(UUID(int=5)).hex()
        == "bbe12100ddc967282860eeb5cf027cc2d3c39d831ecb383ae5aa872423bfe215"
    )
    assert (
        vault.audit_key(1).hex()
        == "1b6024f528d30d862462479bc8d3a0ba5fa9b6ecb3b7c0c1ebef449c2f00b8cc"
    )


def test_what_is_read_and_written_again_is_the_same(path: Path) -> None:
    write_keyring(path, read_keyring(path))
    assert path.read_text() == KNOWN


def test_every_changed_byte_is_damage(path: Path) -> None:
    whole = KNOWN.encode()
    for position in range(len(whole)):
        path.write_bytes(whole[:position] + bytes([whole[position] ^ 1]) + whole[position + 1 :])
        with pytest.raises(KeyringDamaged):
            open_keyring(path, UNLOCK)


def test_every_cut_is_damage(path: Path) -> None:
    for length in range(len(KNOWN)):
        path.write_text(KNOWN[:length])
        with pytest.raises(KeyringDamaged):
            open_keyring(path, UNLOCK)


@pytest.mark.parametrize(
    "planted", [b"", b"{}", b"null", b"\xff\xfe", b"[" * 100_000, b"\x00" * 900]
)
def test_whatever_is_planted_is_damage_and_stays(path: Path, planted: bytes) -> None:
    path.write_bytes(planted)
    with pytest.raises(KeyringDamaged):
        open_keyring(path, UNLOCK)
    assert path.read_bytes() == planted


def test_a_folder_in_its_place_is_damage(tmp_path: Path) -> None:
    with pytest.raises(KeyringDamaged):
        open_keyring(tmp_path, UNLOCK)


def test_no_key_stands_in_the_file_readable(path: Path) -> None:
    keyring = json.loads(path.read_text())["keyring"]
    assert keyring.keys() == {"format", "id", "slots", "contents"}
    vault = open_keyring(path, UNLOCK)
    assert vault.root.hex() not in KNOWN
    assert not {"epochs", "audit", "row_seal"} & keyring.keys()
