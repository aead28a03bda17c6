"""The one format of sealed bytes: AES-256-GCM under one named key, bound to one place.

`version 1 | suite 1 | key generation 4 | nonce 12 | ciphertext | tag 16`. Authenticated beside the
text: that header, and the place (label, column, row id) that the bytes belong to.
"""

import secrets
import struct
from typing import TypeGuard
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseapp.vault.errors import CannotOpen

VERSION = 1
SUITE = 1
NONCE_SIZE = 12
TAG_SIZE = 16
_HEADER = struct.Struct(">BBI")
OVERHEAD = _HEADER.size + NONCE_SIZE + TAG_SIZE
_MARK = bytes((VERSION, SUITE))


def seal(cipher: AESGCM, generation: int, plaintext: bytes, context: bytes) -> bytes:
    """Seal bytes for one place. `generation` names the key that `cipher` holds."""
    # Random nonces are safe here: a key seals one case's documents, far below 2**32 of them.
    nonce = secrets.token_bytes(NONCE_SIZE)
    header = _HEADER.pack(VERSION, SUITE, generation)
    return header + nonce + cipher.encrypt(nonce, plaintext, header + context)


def open_sealed(cipher: AESGCM, generation: int, sealed: bytes | None, context: bytes) -> bytes:
    """The plaintext; raises CannotOpen for whatever is not exactly what was sealed here."""
    header = _HEADER.pack(VERSION, SUITE, generation)
    if not looks_sealed(sealed) or sealed[: len(header)] != header:
        raise CannotOpen
    try:
        return cipher.decrypt(sealed[6:18], sealed[18:], header + context)
    except InvalidTag:
        raise CannotOpen from None


def looks_sealed(value: object) -> TypeGuard[bytes]:
    """Whether this has the form of sealed bytes; says nothing about their being genuine."""
    return isinstance(value, bytes) and len(value) >= OVERHEAD and value[:2] == _MARK


def context(label: str, column: str, row_id: UUID) -> bytes:
    """The place that sealed bytes belong to. Labels, not table names: a rename breaks nothing."""
    return length_prefixed(label.encode()) + length_prefixed(column.encode()) + row_id.bytes


def length_prefixed(part: bytes) -> bytes:
    """So that ("ab", "c") and ("a", "bc") are never the same bytes."""
    return len(part).to_bytes(4, "big") + part


__all__ = ["CannotOpen", "context", "length_prefixed", "looks_sealed", "open_sealed", "seal"]
