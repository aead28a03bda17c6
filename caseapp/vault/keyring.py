"""The keyring: made once, opened at each start, changed only as a whole."""

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseapp.vault.errors import (
    CannotOpen,
    KeyringDamaged,
    KeyringMissing,
    VaultError,
    WeakUnlock,
    WrongUnlock,
)
from caseapp.vault.keyring_file import (
    Contents,
    KeyringFile,
    Slot,
    SlotKind,
    open_contents,
    read_keyring,
    seal_contents,
    write_keyring,
)
from caseapp.vault.recovery_key import RecoveryKeySlip, new_recovery_key
from caseapp.vault.sealing import context, open_sealed, seal
from caseapp.vault.unlocked import Vault
from caseapp.vault.unlocking import (
    KEY_SIZE,
    Passphrase,
    RecoveryKey,
    Stretching,
    Unlock,
    UnlockKey,
    read_unlock_key,
    refuse_published,
    refuse_weak_unlock,
    unlocking_key,
)

_WRONG: dict[SlotKind, str] = {
    "passphrase": "The passphrase is wrong",
    "unlock-key": "The unlock key does not belong to this keyring",
    "recovery-key": "The recovery key does not belong to this keyring",
}


def create_keyring(path: Path, unlock: Unlock, *, demo: bool = False) -> tuple[Vault, str]:
    """A new keyring; returns its vault and the recovery key, to be shown once.

    Raises WeakUnlock, or FileExistsError rather than ever replace a keyring.
    """
    refuse_weak_unlock(unlock, demo=demo)
    root, keyring_id, recovery = secrets.token_bytes(KEY_SIZE), uuid4(), new_recovery_key()
    contents = Contents(
        epochs={1: secrets.token_bytes(KEY_SIZE)},
        row_seal={1: secrets.token_bytes(KEY_SIZE)},
        audit={1: secrets.token_bytes(KEY_SIZE)},
        index={1: secrets.token_bytes(KEY_SIZE)},
    )
    slots = tuple(_slot(each, root, keyring_id) for each in (unlock, RecoveryKey(recovery)))
    sealed = seal_contents(root, keyring_id, contents)
    write_keyring(path, KeyringFile(id=keyring_id, slots=slots, contents=sealed), replace=False)
    return Vault(path, root, contents), recovery


def open_keyring(path: Path, unlock: Unlock, *, demo: bool = False) -> Vault:
    """Raises KeyringMissing, KeyringDamaged, WrongUnlock, or WeakUnlock for a published secret."""
    if not demo:
        refuse_published(unlock)
    keyring = read_keyring(path)
    root = _unwrap_root(keyring, unlock)
    return Vault(path, root, open_contents(root, keyring))


def change_passphrase(path: Path, vault: Vault, unlock: Unlock, *, demo: bool = False) -> None:
    """Put a new passphrase, or unlock key, in the place of the old one of its kind."""
    refuse_weak_unlock(unlock, demo=demo)
    _replace_slot(path, vault, unlock)


def renew_recovery_key(path: Path, vault: Vault) -> str:
    """A new recovery key, to be shown once; the old one opens nothing from now on."""
    recovery = new_recovery_key()
    _replace_slot(path, vault, RecoveryKey(recovery))
    return recovery


def new_epoch(path: Path, vault: Vault) -> int:
    """Open a new epoch for owner keys; the old ones stay until rotation has emptied them."""

    def add(contents: Contents) -> Contents:
        number = max(contents.epochs) + 1
        epochs = {**contents.epochs, number: secrets.token_bytes(KEY_SIZE)}
        return msgspec.structs.replace(contents, epochs=epochs)

    _change_contents(path, vault, add)
    return vault.epoch


def forget_epoch(path: Path, vault: Vault, epoch: int) -> None:
    """Destroy an epoch's key. Only rotation.retire_epoch may call this: it has made sure that
    nothing is wrapped under it. Raises ValueError for the epoch in use."""

    def remove(contents: Contents) -> Contents:
        if epoch >= max(contents.epochs):
            raise ValueError("the epoch in use cannot be retired")
        epochs = {number: key for number, key in contents.epochs.items() if number != epoch}
        return msgspec.structs.replace(contents, epochs=epochs)

    _change_contents(path, vault, remove)


def _change_contents(path: Path, vault: Vault, change: Callable[[Contents], Contents]) -> None:
    with _alone(path):
        keyring = read_keyring(path)
        contents = change(open_contents(vault.root, keyring))
        sealed = seal_contents(vault.root, keyring.id, contents)
        write_keyring(path, msgspec.structs.replace(keyring, contents=sealed))
        vault.adopt(contents)


def _replace_slot(path: Path, vault: Vault, unlock: Unlock) -> None:
    with _alone(path):
        keyring = read_keyring(path)
        open_contents(vault.root, keyring)  # never give another keyring's file a slot of ours
        kept = (slot for slot in keyring.slots if slot.kind != _kind(unlock))
        slots = (*kept, _slot(unlock, vault.root, keyring.id))
        write_keyring(path, msgspec.structs.replace(keyring, slots=slots))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Two processes that change the keyring wait for each other."""
    descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _slot(unlock: Unlock, root: bytes, keyring_id: UUID) -> Slot:
    salt, stretching = secrets.token_bytes(16), Stretching()
    wrapping = AESGCM(unlocking_key(unlock, salt, stretching))
    return Slot(
        kind=_kind(unlock),
        salt=salt,
        memory_kib=stretching.memory_kib,
        passes=stretching.passes,
        lanes=stretching.lanes,
        wrapped_root=seal(wrapping, 1, root, _place(_kind(unlock), keyring_id)),
    )


def _unwrap_root(keyring: KeyringFile, unlock: Unlock) -> bytes:
    kind = _kind(unlock)
    for slot in keyring.slots:
        if slot.kind == kind:
            wrapping = AESGCM(unlocking_key(unlock, slot.salt, _stretching(slot)))
            try:
                return open_sealed(wrapping, 1, slot.wrapped_root, _place(kind, keyring.id))
            except CannotOpen:
                break
    raise WrongUnlock(_WRONG[kind])


def _stretching(slot: Slot) -> Stretching:
    """Threat: a planted keyring that asks for more memory than the machine has."""
    stretching = Stretching(slot.memory_kib, slot.passes, slot.lanes)
    if not stretching.is_bearable:
        raise KeyringDamaged
    return stretching


def _kind(unlock: Unlock) -> SlotKind:
    if isinstance(unlock, Passphrase):
        return "passphrase"
    return "unlock-key" if isinstance(unlock, UnlockKey) else "recovery-key"


def _place(kind: SlotKind, keyring_id: UUID) -> bytes:
    return context("keyring", f"root {kind}", keyring_id)


__all__ = [
    "KeyringDamaged",
    "KeyringMissing",
    "Passphrase",
    "RecoveryKey",
    "RecoveryKeySlip",
    "Unlock",
    "UnlockKey",
    "Vault",
    "VaultError",
    "WeakUnlock",
    "WrongUnlock",
    "change_passphrase",
    "create_keyring",
    "new_epoch",
    "open_keyring",
    "read_unlock_key",
    "renew_recovery_key",
]
