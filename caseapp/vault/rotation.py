"""Rotation: a new epoch, every owner key rewrapped under it, the old epoch destroyed.

That is what makes an erasure final: yesterday's database with today's keyring opens nothing that
was erased. It can be killed at any moment and begun again; it never needs to know how far it came.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from caseapp.vault.errors import VaultError
from caseapp.vault.keyring import forget_epoch, new_epoch
from caseapp.vault.owner_keys import declare_epoch, key_epochs, owner_keys
from caseapp.vault.unlocked import Vault

BATCH = 1000

# engine.begin, say: one transaction each time it is called
ConnectionFactory = Callable[[], AbstractContextManager[Connection]]
Progress = Callable[[int, int], object]  # keys done, keys in all

_columns = owner_keys.c
_rewrap = (
    update(owner_keys)
    .where(_columns.owner_id == bindparam("owner"))  # none, where it was erased meanwhile
    .values(epoch=bindparam("new_epoch"), wrapped=bindparam("rewrapped"))
)


class EpochInUse(VaultError):
    """An owner key is still wrapped under the epoch."""

    def __init__(self) -> None:
        super().__init__("Keys are still wrapped under the old epoch: rotate them first")


def rotate(
    path: Path, connection_factory: ConnectionFactory, vault: Vault, progress: Progress
) -> int:
    """The whole rotation, and the rest of one that was killed. Returns how many keys it moved.

    It always opens an epoch: a key that was erased after the last one was opened is gone from
    every backup only when that epoch goes too.
    """
    new_epoch(path, vault)
    moved = rotate_owner_keys(connection_factory, vault, progress)
    for epoch in vault.epochs[:-1]:
        retire_epoch(path, vault, epoch, connection_factory)
    return moved


def rotate_owner_keys(
    connection_factory: ConnectionFactory, vault: Vault, progress: Progress
) -> int:
    """Rewrap every owner key under the newest epoch, a batch a transaction, in the order of ids.

    Returns how many were moved. Raises CannotOpen where a key cannot be unwrapped: the rotation
    stops, and the old epoch stays.
    """
    with connection_factory() as connection:
        epoch = declare_epoch(connection, vault)
        waiting = connection.scalar(
            select(func.count()).select_from(owner_keys).where(_columns.epoch != epoch)
        )
    moved, last = 0, None
    while True:
        with connection_factory() as connection:
            rows = _next_batch(connection, epoch, last)
            if not rows:
                return moved
            connection.execute(_rewrap, [_rewrapped(vault, row, epoch) for row in rows])
        moved, last = moved + len(rows), rows[-1].owner_id
        progress(moved, max(moved, waiting or 0))


def retire_epoch(
    path: Path, vault: Vault, epoch: int, connection_factory: ConnectionFactory
) -> None:
    """Destroy an old epoch's key once no owner key needs it; raises EpochInUse.

    The database forgets the epoch first: from then on its foreign key refuses anything wrapped
    under it, also from a server that has not noticed the rotation.
    """
    with connection_factory() as connection:
        in_use = select(_columns.owner_id).where(_columns.epoch == epoch).limit(1)
        if connection.execute(in_use).first() is not None:
            raise EpochInUse
        try:
            connection.execute(delete(key_epochs).where(key_epochs.c.epoch == epoch))
        except IntegrityError:
            raise EpochInUse from None  # somebody committed a key under it this very moment
    forget_epoch(path, vault, epoch)


def _next_batch(connection: Connection, epoch: int, last: UUID | None) -> list[Row[Any]]:
    query = select(owner_keys).where(_columns.epoch != epoch).order_by(_columns.owner_id)
    if last is not None:
        query = query.where(_columns.owner_id > last)
    return list(connection.execute(query.limit(BATCH)).all())


def _rewrapped(vault: Vault, row: Row[Any], epoch: int) -> dict[str, Any]:
    key = vault.unwrap_owner_key(row.owner_id, row.kind, row.generation, row.epoch, row.wrapped)
    return {
        "owner": row.owner_id,
        "new_epoch": epoch,
        "rewrapped": vault.wrap_owner_key(row.owner_id, row.kind, row.generation, epoch, key),
    }
