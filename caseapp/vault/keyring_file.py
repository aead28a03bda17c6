"""The keyring's file: JSON with a checksum, so that damage is told apart from a wrong unlock.

The checksum is no protection: whatever matters in the file is sealed under the root key.
"""

import hashlib
from pathlib import Path
from typing import Literal
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseapp.vault.durable_files import write_durably
from caseapp.vault.errors import CannotOpen, KeyringDamaged, KeyringMissing
from caseapp.vault.sealing import context, open_sealed, seal
from caseapp.vault.unlocking import hkdf

SlotKind = Literal["passphrase", "unlock-key", "recovery-key"]


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """The root key, wrapped for one way to unlock it."""

    kind: SlotKind
    salt: bytes
    memory_kib: int
    passes: int
    lanes: int
    wrapped_root: bytes


class KeyringFile(msgspec.Struct, frozen=True, kw_only=True):
    """What lies on disk; `contents` is a sealed Contents."""

    format: Literal["caseapp keyring 1"] = "caseapp keyring 1"
    id: UUID
    slots: tuple[Slot, ...]
    contents: bytes


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """The random keys, each kind by its number; the highest number is the one in use."""

    epochs: dict[int, bytes]
    row_seal: dict[int, bytes]
    audit: dict[int, bytes]
    index: dict[int, bytes]

    def __repr__(self) -> str:
        return "<Contents, not shown>"


class _Envelope(msgspec.Struct):
    checksum: str
    keyring: msgspec.Raw


def read_keyring(path: Path) -> KeyringFile:
    """Raises KeyringMissing or KeyringDamaged."""
    try:
        envelope = msgspec.json.decode(path.read_bytes(), type=_Envelope)
        if hashlib.sha256(envelope.keyring).hexdigest() != envelope.checksum:
            raise KeyringDamaged
        return msgspec.json.decode(envelope.keyring, type=KeyringFile)
    except FileNotFoundError:
        raise KeyringMissing from None
    except (OSError, UnicodeError, msgspec.DecodeError):
        raise KeyringDamaged from None


def write_keyring(path: Path, keyring: KeyringFile, *, replace: bool = True) -> None:
    """Atomic and durable; raises FileExistsError where it must not replace one."""
    body = msgspec.json.encode(keyring)
    envelope = _Envelope(hashlib.sha256(body).hexdigest(), msgspec.Raw(body))
    write_durably(path, msgspec.json.encode(envelope), replace=replace)


def seal_contents(root: bytes, keyring_id: UUID, contents: Contents) -> bytes:
    return seal(_cipher(root), 1, msgspec.json.encode(contents), _place(keyring_id))


def open_contents(root: bytes, keyring: KeyringFile) -> Contents:
    """Raises KeyringDamaged where the file is not one that this root key wrote."""
    try:
        text = open_sealed(_cipher(root), 1, keyring.contents, _place(keyring.id))
        return msgspec.json.decode(text, type=Contents)
    except (CannotOpen, msgspec.DecodeError):
        raise KeyringDamaged from None


def _cipher(root: bytes) -> AESGCM:
    return AESGCM(hkdf(root, "keyring contents"))


def _place(keyring_id: UUID) -> bytes:
    return context("keyring", "contents", keyring_id)
