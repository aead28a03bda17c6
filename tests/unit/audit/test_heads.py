"""The heads outside the database: what is ours is read again, and nothing else."""

from pathlib import Path
from uuid import UUID

import pytest

from caseapp.audit.heads import Head, HeadsFile
from caseapp.home import make_home
from caseapp.vault.unlocked import Vault
from tests.homes import new_settings

HEADS = [Head(UUID(int=1), 1, b"\x01" * 32), Head(UUID(int=2), 7, b"\x02" * 32)]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return make_home(new_settings(tmp_path / "settings"))[0]


@pytest.fixture
def file(tmp_path: Path, vault: Vault) -> HeadsFile:
    kept = HeadsFile(tmp_path / "audit" / "heads.log")
    kept.append(vault, HEADS)
    return kept


def test_what_was_appended_is_read_in_its_order(vault: Vault, file: HeadsFile) -> None:
    more = Head(UUID(int=1), 2, b"\x03" * 32)
    file.append(vault, [more])
    assert list(file.read(vault)) == [*HEADS, more]


def test_a_file_that_is_not_there_holds_no_head(vault: Vault, tmp_path: Path) -> None:
    assert list(HeadsFile(tmp_path / "none").read(vault)) == []
    assert HeadsFile(tmp_path / "none").size == 0


def test_nobody_else_on_the_machine_can_read_or_write_it(file: HeadsFile) -> None:
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert file.path.parent.stat().st_mode & 0o777 == 0o700


def test_what_came_after_a_known_size_is_left_out(vault: Vault, file: HeadsFile) -> None:
    size = file.size
    file.append(vault, [Head(UUID(int=1), 2, b"\x03" * 32)])
    assert list(file.read(vault, size)) == HEADS


def test_a_torn_last_line_is_no_head_and_no_fault(vault: Vault, file: HeadsFile) -> None:
    with file.path.open("ab") as torn:
        torn.write(b"1 00000000-0000")
    assert list(file.read(vault)) == HEADS


@pytest.mark.parametrize(
    "line",
    [
        b"\n",
        b" \n",
        b"1 2 3 4 5\n",
        b"99 00000000-0000-0000-0000-000000000001 1 aa bb\n",  # a key that never was
        b"x 00000000-0000-0000-0000-000000000001 1 aa bb\n",
        b"9" * 900 + b" 1 1 aa bb\n",
        b"\xff\xfe\x00\n",
        "١ 1 1 aa bb\n".encode(),
    ],
)
def test_a_line_that_is_not_ours_is_told_apart(vault: Vault, file: HeadsFile, line: bytes) -> None:
    with file.path.open("ab") as planted:
        planted.write(line)
    assert list(file.read(vault)) == [*HEADS, None]


def test_no_one_character_of_a_line_can_be_another(vault: Vault, file: HeadsFile) -> None:
    whole = file.path.read_bytes()
    for place in range(whole.index(b"\n")):
        changed = bytearray(whole)
        changed[place] ^= 1
        file.path.write_bytes(bytes(changed))
        assert HEADS[0] not in list(file.read(vault)), place


def test_a_line_without_an_end_fills_no_memory(vault: Vault, file: HeadsFile) -> None:
    with file.path.open("ab") as planted:
        planted.write(b"7" * 100_000)
    assert list(file.read(vault)) == HEADS


@pytest.mark.parametrize("torn", [b"", b"1", b"1 00000000-0000-0000-0000", b"\x00" * 90])
def test_a_line_that_a_power_cut_tore_does_not_spoil_the_next(
    vault: Vault, file: HeadsFile, torn: bytes
) -> None:
    with file.path.open("ab") as cut:
        cut.write(torn)
    file.mend()
    more = Head(UUID(int=1), 2, b"\x03" * 32)
    file.append(vault, [more])
    assert list(file.read(vault)) == [*HEADS, more]


def test_the_very_first_line_may_be_torn_too(vault: Vault, file: HeadsFile) -> None:
    file.path.write_bytes(b"1 0000")
    file.mend()
    file.append(vault, HEADS)
    assert list(file.read(vault)) == HEADS


def test_mending_a_whole_file_changes_no_byte_of_it(vault: Vault, file: HeadsFile) -> None:
    file.append(vault, HEADS * 20)
    before = file.path.read_bytes()
    file.mend()
    assert file.path.read_bytes() == before


def test_there_is_nothing_to_mend_in_a_new_home(tmp_path: Path) -> None:
    HeadsFile(tmp_path / "none").mend()
    assert not (tmp_path / "none").exists()
