"""Rotation: every key under the new epoch, the old epoch destroyed, and an erasure final."""

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Thread
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, select, text
from sqlalchemy.exc import IntegrityError

from caseapp.vault import rotation
from caseapp.vault.errors import CannotOpen
from caseapp.vault.keyring import Vault, create_keyring, new_epoch, open_keyring
from caseapp.vault.owner_keys import destroy_key, ensure_key, key_epochs, key_of, owner_keys
from caseapp.vault.rotation import EpochInUse, retire_epoch, rotate, rotate_owner_keys
from caseapp.vault.sealing import open_sealed, seal
from tests.unit.vault.sealed_notes import make_tables
from tests.unit.vault.store_worker import UNLOCK


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "rotated.json"


@pytest.fixture
def vault(path: Path) -> Vault:
    return create_keyring(path, UNLOCK)[0]


def seal_for_owners(engine: Engine, vault: Vault, count: int) -> dict[UUID, bytes]:
    """Owners with a key each, and a text that was sealed with it."""
    owners = [uuid4() for _ in range(count)]
    with engine.begin() as connection:
        keys = [ensure_key(connection, vault, owner, "case") for owner in owners]
    return {
        owner: seal(key.cipher, key.generation, owner.bytes, b"place")
        for owner, key in zip(owners, keys, strict=True)
    }


def assert_all_open(engine: Engine, path: Path, sealed: dict[UUID, bytes]) -> None:
    restarted = open_keyring(path, UNLOCK)
    with engine.connect() as connection:
        for owner, text in sealed.items():
            key = key_of(connection, restarted, owner)
            assert open_sealed(key.cipher, key.generation, text, b"place") == owner.bytes


def epochs_in_use(engine: Engine) -> set[int]:
    with engine.connect() as connection:
        return set(connection.scalars(select(owner_keys.c.epoch)))


def quiet(_done: int, _of_all: int) -> None:
    """No progress is shown."""


def test_every_key_is_moved_and_the_old_epoch_is_gone(
    each_store: Engine, path: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 3)
    sealed = seal_for_owners(each_store, vault, 10)
    shown: list[tuple[int, int]] = []
    moved = rotate(path, each_store.begin, vault, lambda *numbers: shown.append(numbers))
    assert moved == 10
    assert shown == [(3, 10), (6, 10), (9, 10), (10, 10)]
    assert epochs_in_use(each_store) == {2}
    assert vault.epochs == open_keyring(path, UNLOCK).epochs == (2,)
    assert_all_open(each_store, path, sealed)


def test_a_home_without_keys_rotates_too(engine: Engine, path: Path, vault: Vault) -> None:
    assert rotate(path, engine.begin, vault, quiet) == 0
    assert vault.epochs == (2,)


def test_rotation_can_be_repeated_for_ever(engine: Engine, path: Path, vault: Vault) -> None:
    sealed = seal_for_owners(engine, vault, 3)
    for _ in range(4):
        assert rotate(path, engine.begin, vault, quiet) == 3
    assert vault.epochs == (5,)
    assert_all_open(engine, path, sealed)


def test_after_an_erasure_yesterdays_database_opens_with_no_keyring_of_today(
    engine: Engine, path: Path, vault: Vault
) -> None:
    sealed = seal_for_owners(engine, vault, 3)
    erased = next(iter(sealed))
    with engine.begin() as connection:
        yesterday = connection.execute(
            select(owner_keys).where(owner_keys.c.owner_id == erased)
        ).one()
        destroy_key(connection, vault, erased)
    rotate(path, engine.begin, vault, quiet)
    today = open_keyring(path, UNLOCK)
    with pytest.raises(CannotOpen):
        today.unwrap_owner_key(
            erased, yesterday.kind, yesterday.generation, yesterday.epoch, yesterday.wrapped
        )
    del sealed[erased]
    assert_all_open(engine, path, sealed)


def test_an_epoch_that_is_in_use_is_not_retired(
    each_store: Engine, path: Path, vault: Vault
) -> None:
    sealed = seal_for_owners(each_store, vault, 1)
    new_epoch(path, vault)
    with pytest.raises(EpochInUse, match="rotate them first"):
        retire_epoch(path, vault, 1, each_store.begin)
    assert open_keyring(path, UNLOCK).epochs == (1, 2)
    assert_all_open(each_store, path, sealed)


def test_an_epoch_in_use_is_not_retired_even_where_foreign_keys_are_off(
    engine: Engine, path: Path, vault: Vault
) -> None:
    seal_for_owners(engine, vault, 1)
    new_epoch(path, vault)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("PRAGMA foreign_keys = OFF"))
    with pytest.raises(EpochInUse):
        retire_epoch(path, vault, 1, engine.begin)
    assert open_keyring(path, UNLOCK).epochs == (1, 2)


def test_a_key_made_under_the_old_epoch_after_its_batch_stops_the_retiring(
    each_store: Engine, path: Path, vault: Vault
) -> None:
    """A server that wraps under the epoch it knows, between the last batch and the retiring."""
    sealed = seal_for_owners(each_store, vault, 2)
    new_epoch(path, vault)
    rotate_owner_keys(each_store.begin, vault, quiet)
    late, key = uuid4(), bytes(range(32))
    row = {
        "owner_id": late, "kind": "case", "generation": 1, "epoch": 1,
        "wrapped": vault.wrap_owner_key(late, "case", 1, 1, key),
    }  # fmt: skip
    with each_store.begin() as connection:
        connection.execute(owner_keys.insert(), row)
    with pytest.raises(EpochInUse):
        retire_epoch(path, vault, 1, each_store.begin)
    assert rotate(path, each_store.begin, vault, quiet) == 3
    assert_all_open(each_store, path, sealed)


def test_a_key_that_is_committed_at_the_very_moment_of_retiring_stops_it(
    postgres_url: str, path: Path, vault: Vault
) -> None:
    engine = create_engine(postgres_url)
    make_tables(engine)
    sealed = seal_for_owners(engine, vault, 1)
    new_epoch(path, vault)
    rotate_owner_keys(engine.begin, vault, quiet)
    late = uuid4()
    row = {
        "owner_id": late, "kind": "case", "generation": 1, "epoch": 1,
        "wrapped": vault.wrap_owner_key(late, "case", 1, 1, bytes(32)),
    }  # fmt: skip

    def commit_when_somebody_waits(server: Connection) -> None:
        waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watcher:
            while not watcher.scalar(waiting):
                pass
        server.commit()

    with engine.connect() as server:
        server.execute(owner_keys.insert(), row)
        thread = Thread(target=commit_when_somebody_waits, args=[server])
        thread.start()
        with pytest.raises(EpochInUse):
            retire_epoch(path, vault, 1, engine.begin)
        thread.join()
    assert open_keyring(path, UNLOCK).epochs == (1, 2)
    assert_all_open(engine, path, sealed)
    engine.dispose()


def test_the_database_refuses_what_is_wrapped_under_a_retired_epoch(
    each_store: Engine, path: Path, vault: Vault
) -> None:
    owner = uuid4()
    row = {
        "owner_id": owner, "kind": "case", "generation": 1, "epoch": 1,
        "wrapped": vault.wrap_owner_key(owner, "case", 1, 1, bytes(32)),
    }  # fmt: skip
    seal_for_owners(each_store, vault, 1)
    rotate(path, each_store.begin, vault, quiet)
    with pytest.raises(IntegrityError), each_store.begin() as connection:
        connection.execute(owner_keys.insert(), row)


def test_a_running_server_reads_and_writes_on_through_a_rotation(
    each_store: Engine, path: Path, vault: Vault
) -> None:
    server = open_keyring(path, UNLOCK)
    sealed = seal_for_owners(each_store, vault, 3)
    rotate(path, each_store.begin, vault, quiet)
    with each_store.connect() as connection:
        for owner, text in sealed.items():
            key = key_of(connection, server, owner)
            assert open_sealed(key.cipher, key.generation, text, b"place") == owner.bytes
    sealed |= seal_for_owners(each_store, server, 2)
    assert epochs_in_use(each_store) == {2}
    assert_all_open(each_store, path, sealed)


def test_a_key_that_cannot_be_unwrapped_stops_the_rotation_and_the_old_epoch_stays(
    engine: Engine, path: Path, vault: Vault
) -> None:
    sealed = seal_for_owners(engine, vault, 3)
    with engine.begin() as connection:
        broken = next(iter(sealed))
        connection.execute(
            owner_keys.update().where(owner_keys.c.owner_id == broken).values(wrapped=bytes(66))
        )
    with pytest.raises(CannotOpen):
        rotate(path, engine.begin, vault, quiet)
    assert open_keyring(path, UNLOCK).epochs == (1, 2)
    del sealed[broken]
    assert_all_open(engine, path, sealed)


def failing_after(
    engine: Engine, transactions: int
) -> Callable[[], AbstractContextManager[Connection]]:
    """Connections that are lost in the middle of the transaction after so many good ones."""
    left = [transactions]

    @contextmanager
    def begin():  # type: ignore[no-untyped-def]
        with engine.begin() as connection:
            yield connection
            left[0] -= 1
            if left[0] < 0:
                raise ConnectionError

    return begin


@pytest.mark.parametrize("transactions", range(7))
def test_a_rotation_that_fails_anywhere_is_finished_by_the_next_one(
    engine: Engine, path: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch, transactions: int
) -> None:
    """Declaring, five batches (the last empty) and retiring make seven transactions."""
    monkeypatch.setattr(rotation, "BATCH", 3)
    sealed = seal_for_owners(engine, vault, 10)
    with pytest.raises(ConnectionError):
        rotate(path, failing_after(engine, transactions), vault, quiet)
    assert_all_open(engine, path, sealed)
    vault = open_keyring(path, UNLOCK)
    rotate(path, engine.begin, vault, quiet)
    assert vault.epochs == (3,)
    assert_all_open(engine, path, sealed)


def test_a_rotation_killed_between_database_and_keyring_is_finished_by_the_next_one(
    engine: Engine, path: Path, vault: Vault
) -> None:
    sealed = seal_for_owners(engine, vault, 2)
    new_epoch(path, vault)
    rotate_owner_keys(engine.begin, vault, quiet)
    with engine.begin() as connection:
        connection.execute(key_epochs.delete().where(key_epochs.c.epoch == 1))
    assert_all_open(engine, path, sealed)
    vault = open_keyring(path, UNLOCK)
    rotate(path, engine.begin, vault, quiet)
    assert vault.epochs == (3,)
    assert_all_open(engine, path, sealed)
