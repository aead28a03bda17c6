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
HEADER_SIZE = _HEADER.size
_NONCE = slice(HEADER_SIZE, HEADER_SIZE + NONCE_SIZE)
OVERHEAD = HEADER_SIZE + NONCE_SIZE + TAG_SIZE


def seal(cipher: AESGCM, generation: int, plaintext: bytes, context: bytes) -> bytes:
    """Seal bytes for one place. `generation` names the key that `cipher` holds."""
    # Random nonces are safe here: a key seals one case's documents, far below 2**32 of them.
    nonce = secrets.token_bytes(NONCE_SIZE)
    start = header(generation)
    return start + nonce + cipher.encrypt(nonce, plaintext, start + context)


def open_sealed(cipher: AESGCM, generation: int, sealed: bytes | None, context: bytes) -> bytes:
    """The plaintext; raises CannotOpen for whatever is not exactly what was sealed here."""
    start = header(generation)
    if not isinstance(sealed, bytes) or len(sealed) < OVERHEAD or sealed[:HEADER_SIZE] != start:
        raise CannotOpen
    try:
        return cipher.decrypt(sealed[_NONCE], sealed[_NONCE.stop :], start + context)
    except InvalidTag:
        raise CannotOpen from None


def looks_sealed(value: object) -> TypeGuard[bytes]:
    """Whether this has the form of sealed bytes; says nothing about their being genuine."""
    if not isinstance(value, bytes) or len(value) < OVERHEAD:
        return False
    return value[:2] == header(0)[:2]


def header(generation: int) -> bytes:
    """What every sealed thing begins with: the format, and the one key that opens it."""
    return _HEADER.pack(VERSION, SUITE, generation)


def context(label: str, column: str, row_id: UUID) -> bytes:
    """The place that sealed bytes belong to. Labels, not table names: a rename breaks nothing."""
    return context_start(label, column) + row_id.bytes


def context_start(label: str, column: str) -> bytes:
    """The part of a context that all rows of a model share."""
    return length_prefixed(label.encode()) + length_prefixed(column.encode())


def length_prefixed(part: bytes) -> bytes:
    """So that ("ab", "c") and ("a", "bc") are never the same bytes."""
    return len(part).to_bytes(4, "big") + part


__all__ = [
    "CannotOpen",
    "context",
    "context_start",
    "header",
    "length_prefixed",
    "looks_sealed",
    "open_sealed",
    "seal",
]
