"""A random key for each case, person and user: it seals what is theirs, and erasing it erases that.

Keys are stored wrapped under an epoch of the keyring. The database knows the epochs in use too: a
foreign key then stops a server that has not noticed a rotation from wrapping under a retired one.
"""

import secrets
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    Uuid,
    bindparam,
    func,
    insert,
    select,
)
from sqlalchemy.exc import IntegrityError

from caseapp.vault.errors import KeyMissing, KeyringOutdated, KeyTaken
from caseapp.vault.unlocked import OwnerCipher, Vault
from caseapp.vault.unlocking import KEY_SIZE

FIRST_GENERATION = 1
OWNERS_A_QUERY = 1000

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

key_epochs = Table(
    "key_epochs",
    metadata,
    Column("epoch", Integer, primary_key=True, autoincrement=False),
)

owner_keys = Table(
    "owner_keys",
    metadata,
    Column("owner_id", Uuid, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("epoch", ForeignKey(key_epochs.c.epoch), nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    sqlite_with_rowid=False,  # in the order of ids, so that a rotation's batch is a run of pages
)

_one = select(owner_keys).where(owner_keys.c.owner_id == bindparam("owner_id"))
_many = select(owner_keys).where(owner_keys.c.owner_id.in_(bindparam("owner_ids", expanding=True)))


def ensure_key(connection: Connection, vault: Vault, owner_id: UUID, kind: str) -> OwnerCipher:
    """The owner's key, made now if there is none yet, in the caller's transaction.

    It always asks the database: a key remembered from a transaction that was rolled back would
    seal rows that nobody could open again. Raises KeyTaken where the id is that of an owner of
    another kind, since erasing the one would erase the other; KeyMissing, KeyringOutdated.
    """
    row = connection.execute(_one, {"owner_id": owner_id}).first()
    cipher = _unwrap(vault, row) if row else _create(connection, vault, owner_id, kind)
    if row and row.kind != kind:
        raise KeyTaken
    vault.keep_cipher(owner_id, cipher)
    return cipher


def key_of(connection: Connection, vault: Vault, owner_id: UUID) -> OwnerCipher:
    """The key of an owner who has one; raises KeyMissing where it was erased or never made."""
    cipher = vault.cipher_of(owner_id)
    if cipher is None:
        row = connection.execute(_one, {"owner_id": owner_id}).first()
        if row is None:
            raise KeyMissing
        cipher = _unwrap(vault, row)
        vault.keep_cipher(owner_id, cipher)
    return cipher


def warm(
    connection: Connection, vault: Vault, owner_ids: Collection[UUID]
) -> dict[UUID, OwnerCipher]:
    """Have the keys of a list ready, in one query a thousand; owners without a key are left out."""
    ready = vault.ciphers_of(owner_ids)
    if len(ready) == len(owner_ids):  # as most often: then no id is looked up twice
        return ready
    missing = [owner_id for owner_id in dict.fromkeys(owner_ids) if owner_id not in ready]
    for start in range(0, len(missing), OWNERS_A_QUERY):
        for row in _rows(connection, missing[start : start + OWNERS_A_QUERY]):
            ready[row.owner_id] = cipher = _unwrap(vault, row)
            vault.keep_cipher(row.owner_id, cipher)
    return ready


def destroy_key(connection: Connection, vault: Vault, owner_id: UUID) -> bool:
    """Erase an owner's key: what it sealed can no longer be opened. False where there was none.

    Backups open nothing of it either once the epoch has been rotated and retired.
    """
    gone = connection.execute(owner_keys.delete().where(owner_keys.c.owner_id == owner_id))
    vault.drop_ciphers([owner_id])
    return gone.rowcount > 0


def declare_epoch(connection: Connection, vault: Vault) -> int:
    """The epoch to wrap under, once the database and this vault agree on the newest.

    Raises KeyringOutdated where the database has seen a newer keyring than there is.
    """
    newest = connection.scalar(select(func.max(key_epochs.c.epoch))) or 0
    if newest > vault.epoch:
        vault.reload()
    epoch = vault.epoch
    if newest > epoch:
        raise KeyringOutdated
    if newest < epoch:
        _insert_epoch(connection, epoch)
    return epoch


def _insert_epoch(connection: Connection, epoch: int) -> None:
    try:
        with connection.begin_nested():
            connection.execute(insert(key_epochs).values(epoch=epoch))
    except IntegrityError:
        pass  # somebody else was first, which is as good


def _create(connection: Connection, vault: Vault, owner_id: UUID, kind: str) -> OwnerCipher:
    epoch = declare_epoch(connection, vault)
    key = secrets.token_bytes(KEY_SIZE)
    values = {
        "owner_id": owner_id,
        "kind": kind,
        "generation": FIRST_GENERATION,
        "epoch": epoch,
        "wrapped": vault.wrap_owner_key(owner_id, kind, FIRST_GENERATION, epoch, key),
    }
    connection.execute(insert(owner_keys), values)
    return OwnerCipher(FIRST_GENERATION, AESGCM(key))


def _rows(connection: Connection, owner_ids: Sequence[UUID]) -> Sequence[Row[Any]]:
    return connection.execute(_many, {"owner_ids": owner_ids}).all()


def _unwrap(vault: Vault, row: Row[Any]) -> OwnerCipher:
    key = vault.unwrap_owner_key(row.owner_id, row.kind, row.generation, row.epoch, row.wrapped)
    return OwnerCipher(row.generation, AESGCM(key))
