"""Aim: by pulling the plug while keys are rotated, make a record that nobody can open again."""

import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from caseapp.vault.keyring import create_keyring, open_keyring
from caseapp.vault.owner_keys import ensure_key, key_epochs, key_of, owner_keys
from caseapp.vault.rotation import BATCH, rotate
from caseapp.vault.sealing import open_sealed, seal
from tests.unit.vault.store_worker import UNLOCK, open_store

PROJECT = Path(__file__).resolve().parents[2]
BATCHES = 4
OWNERS = BATCHES * BATCH - 10


@pytest.fixture
def sealed(tmp_path: Path) -> dict[UUID, bytes]:
    """A home with many owners, and a text sealed under the key of each."""
    vault, _ = create_keyring(tmp_path / "keyring.json", UNLOCK)
    engine = open_store(tmp_path)
    owner_keys.metadata.create_all(engine, tables=[key_epochs, owner_keys])
    texts = {}
    with engine.begin() as connection:
        for _ in range(OWNERS):
            owner = uuid4()
            key = ensure_key(connection, vault, owner, "case")
            texts[owner] = seal(key.cipher, key.generation, owner.bytes, b"place")
    engine.dispose()
    return texts


def rotate_and_kill(folder: Path, batch: int) -> None:
    """Kill -9 as soon as this batch was said to be done."""
    command = [sys.executable, "-m", "tests.unit.vault.store_worker", "rotate", str(folder)]
    with subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(1, batch + 1):
            assert process.stdout.readline().startswith(str(min(number * BATCH, OWNERS)).encode())
            if number < batch:
                process.stdin.write(b"\n")
                process.stdin.flush()
        process.kill()


def assert_every_record_opens(folder: Path, sealed: dict[UUID, bytes]) -> None:
    vault, engine = open_keyring(folder / "keyring.json", UNLOCK), open_store(folder)
    with engine.connect() as connection:
        for owner, text in sealed.items():
            key = key_of(connection, vault, owner)
            assert open_sealed(key.cipher, key.generation, text, b"place") == owner.bytes
    engine.dispose()


@pytest.mark.parametrize("batch", range(1, BATCHES + 1))
def test_a_rotation_killed_after_any_batch_loses_no_record_and_is_finished_later(
    tmp_path: Path, sealed: dict[UUID, bytes], batch: int
) -> None:
    rotate_and_kill(tmp_path, batch)
    assert open_keyring(tmp_path / "keyring.json", UNLOCK).epochs == (1, 2)
    engine = open_store(tmp_path)
    with engine.connect() as connection:
        moved = connection.scalars(select(owner_keys.c.epoch)).all().count(2)
    assert moved == min(batch * BATCH, OWNERS)
    assert_every_record_opens(tmp_path, sealed)
    vault = open_keyring(tmp_path / "keyring.json", UNLOCK)
    assert rotate(tmp_path / "keyring.json", engine.begin, vault, lambda *_: None) == OWNERS
    engine.dispose()
    assert vault.epochs == (3,)
    assert_every_record_opens(tmp_path, sealed)
