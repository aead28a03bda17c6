"""Owner keys: one for each case, person and user, made in the transaction that needs it."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, select, update
from sqlalchemy.exc import IntegrityError

from caseapp.vault.errors import CannotOpen, KeyMissing, KeyringOutdated, KeyTaken
from caseapp.vault.keyring import UnlockKey, Vault, create_keyring, new_epoch, open_keyring
from caseapp.vault.owner_keys import (
    _insert_epoch,
    destroy_key,
    ensure_key,
    key_epochs,
    key_of,
    owner_keys,
    warm,
)
from caseapp.vault.sealing import open_sealed, seal

UNLOCK = UnlockKey(bytes.fromhex("00112233445566778899aabbccddeeff" * 2))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "owners.json"


@pytest.fixture
def vault(path: Path) -> Vault:
    return create_keyring(path, UNLOCK)[0]


def stored_epoch(connection: Connection, owner: UUID) -> int | None:
    return connection.scalar(select(owner_keys.c.epoch).where(owner_keys.c.owner_id == owner))


def test_an_owner_gets_one_key_and_keeps_it(each_store: Engine, path: Path, vault: Vault) -> None:
    owner = uuid4()
    with each_store.begin() as connection:
        made = ensure_key(connection, vault, owner, "case")
    sealed = seal(made.cipher, made.generation, b"text", b"place")
    restarted = open_keyring(path, UNLOCK)
    with each_store.begin() as connection:
        for found in (
            ensure_key(connection, restarted, owner, "case"),
            key_of(connection, open_keyring(path, UNLOCK), owner),
        ):
            assert open_sealed(found.cipher, found.generation, sealed, b"place") == b"text"


def test_an_owner_of_another_kind_does_not_get_the_key(engine: Engine, vault: Vault) -> None:
    """Else a case made under the id of a person would die with that person's key."""
    owner = uuid4()
    with engine.begin() as connection:
        ensure_key(connection, vault, owner, "person")
        with pytest.raises(KeyTaken):
            ensure_key(connection, vault, owner, "case")


def test_no_key_stands_in_the_database_unwrapped(engine: Engine, vault: Vault) -> None:
    owner = uuid4()
    with engine.begin() as connection:
        ensure_key(connection, vault, owner, "case")
        wrapped = connection.scalar(select(owner_keys.c.wrapped))
    assert wrapped is not None
    key = vault.unwrap_owner_key(owner, "case", 1, 1, wrapped)
    assert len(key) == 32
    assert key not in wrapped


def test_a_key_from_a_transaction_that_was_rolled_back_is_not_used_again(
    engine: Engine, path: Path, vault: Vault
) -> None:
    owner = uuid4()
    with engine.connect() as connection:
        ensure_key(connection, vault, owner, "case")
        connection.rollback()
        again = ensure_key(connection, vault, owner, "case")
        connection.commit()
    sealed = seal(again.cipher, again.generation, b"text", b"place")
    with engine.connect() as connection:
        stored = key_of(connection, open_keyring(path, UNLOCK), owner)
    assert open_sealed(stored.cipher, stored.generation, sealed, b"place") == b"text"


def test_an_owner_without_a_key_is_said_to_have_none(engine: Engine, vault: Vault) -> None:
    with engine.connect() as connection, pytest.raises(KeyMissing):
        key_of(connection, vault, uuid4())


def test_a_list_is_warmed_in_one_query_and_the_second_time_in_none(
    engine: Engine, path: Path, vault: Vault
) -> None:
    owners = [uuid4() for _ in range(20)]
    with engine.begin() as connection:
        for owner in owners:
            ensure_key(connection, vault, owner, "case")
    cold, queries = open_keyring(path, UNLOCK), []
    with engine.connect() as connection:
        event.listen(connection, "before_cursor_execute", lambda *args: queries.append(args[2]))
        assert warm(connection, cold, [*owners, uuid4()]).keys() == set(owners)
        assert len(queries) == 1
        assert warm(connection, cold, owners).keys() == set(owners)
        assert key_of(connection, cold, owners[3])
        assert len(queries) == 1


def test_a_longer_list_is_warmed_whole(
    engine: Engine, path: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caseapp.vault.owner_keys.OWNERS_A_QUERY", 3)
    owners = [uuid4() for _ in range(10)]
    with engine.begin() as connection:
        for owner in owners:
            ensure_key(connection, vault, owner, "case")
        assert warm(connection, open_keyring(path, UNLOCK), owners).keys() == set(owners)


def test_a_destroyed_key_is_gone_from_the_database_and_from_memory(
    each_store: Engine, vault: Vault
) -> None:
    owner = uuid4()
    with each_store.begin() as connection:
        ensure_key(connection, vault, owner, "case")
        assert destroy_key(connection, vault, owner)
        with pytest.raises(KeyMissing):
            key_of(connection, vault, owner)
        assert not destroy_key(connection, vault, owner)


@pytest.mark.parametrize(
    "change",
    [{"kind": "person"}, {"generation": 2}, {"wrapped": b""}, {"wrapped": bytes(66)}],
)
def test_a_changed_row_of_keys_opens_nothing(
    engine: Engine, path: Path, vault: Vault, change: dict[str, object]
) -> None:
    owner = uuid4()
    with engine.begin() as connection:
        ensure_key(connection, vault, owner, "case")
        connection.execute(update(owner_keys).values(**change))
        for ask in (key_of, lambda *asked: warm(asked[0], asked[1], [asked[2]])):
            with pytest.raises(CannotOpen):
                ask(connection, open_keyring(path, UNLOCK), owner)
        with pytest.raises(CannotOpen):
            ensure_key(connection, vault, owner, "case")


def test_one_owners_wrapped_key_does_not_open_for_another(
    engine: Engine, path: Path, vault: Vault
) -> None:
    one, other = uuid4(), uuid4()
    with engine.begin() as connection:
        ensure_key(connection, vault, one, "case")
        ensure_key(connection, vault, other, "case")
        taken = connection.scalar(select(owner_keys.c.wrapped).where(owner_keys.c.owner_id == one))
        connection.execute(
            update(owner_keys).where(owner_keys.c.owner_id == other).values(wrapped=taken)
        )
        with pytest.raises(CannotOpen):
            key_of(connection, open_keyring(path, UNLOCK), other)


def test_new_keys_are_wrapped_under_the_newest_epoch(
    each_store: Engine, path: Path, vault: Vault
) -> None:
    first, second = uuid4(), uuid4()
    with each_store.begin() as connection:
        ensure_key(connection, vault, first, "case")
    new_epoch(path, vault)
    with each_store.begin() as connection:
        ensure_key(connection, vault, second, "case")
        assert (stored_epoch(connection, first), stored_epoch(connection, second)) == (1, 2)


def test_a_server_that_missed_a_rotation_wraps_under_the_new_epoch_all_the_same(
    engine: Engine, path: Path, vault: Vault
) -> None:
    running, owner = open_keyring(path, UNLOCK), uuid4()
    new_epoch(path, vault)
    with engine.begin() as connection:
        ensure_key(connection, vault, uuid4(), "case")
        ensure_key(connection, running, owner, "case")
        assert stored_epoch(connection, owner) == 2


def test_the_database_refuses_a_key_under_a_retired_epoch(each_store: Engine, vault: Vault) -> None:
    owner = uuid4()
    wrapped = vault.wrap_owner_key(owner, "case", 1, 1, bytes(32))
    row = {"owner_id": owner, "kind": "case", "generation": 1, "epoch": 1, "wrapped": wrapped}
    with each_store.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(owner_keys.insert(), row)


def test_a_keyring_older_than_the_database_makes_no_keys(
    engine: Engine, path: Path, vault: Vault
) -> None:
    with engine.begin() as connection:
        connection.execute(key_epochs.insert().values(epoch=2))
        with pytest.raises(KeyringOutdated, match="newest backup"):
            ensure_key(connection, vault, uuid4(), "case")


def test_an_epoch_is_declared_once(each_store: Engine, vault: Vault) -> None:
    with each_store.begin() as connection:
        ensure_key(connection, vault, uuid4(), "case")
        ensure_key(connection, vault, uuid4(), "person")
        _insert_epoch(connection, 1)  # as one who did not see the first one's insert
        assert connection.scalars(select(key_epochs.c.epoch)).all() == [1]


def test_a_memory_only_database_works_too(vault: Vault) -> None:
    engine = create_engine("sqlite://")
    owner_keys.metadata.create_all(engine, tables=[key_epochs, owner_keys])
    with engine.begin() as connection:
        assert ensure_key(connection, vault, uuid4(), "case").generation == 1
    engine.dispose()
