"""Files as sealed streams: chunks of 64 KiB, each in its place, the last one marked as the last.

`version 1 | suite 1 | zeros 4 | salt 32`, then AES-256-GCM chunks. The salt makes a key of its own
for each writing, so that two files written under one key never share a nonce. The nonce is the
chunk's number and whether it is the last: a chunk that is cut off, moved or added does not open.
"""

import io
import secrets
from collections.abc import Iterator
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseapp.vault.errors import CannotOpen
from caseapp.vault.sealing import HEADER_SIZE, TAG_SIZE, header
from caseapp.vault.unlocking import KEY_SIZE, hkdf

CHUNK_SIZE = 64 * 1024
SALT_SIZE = 32
_SEALED_CHUNK = CHUNK_SIZE + TAG_SIZE


def new_stream_key() -> bytes:
    """A random key for one file, to be kept in a sealed document."""
    return secrets.token_bytes(KEY_SIZE)


class SealingWriter:
    """Writes plaintext into a sink as a sealed stream; nothing plain reaches the sink.

    As a context manager it finishes the stream at the end, and leaves it unfinished, so that it
    can never be opened, where the block failed. The sink stays open and is the caller's to sync:
    `with durable_sink(path) as sink, SealingWriter(sink, key) as writer` does both.
    """

    def __init__(self, sink: BinaryIO, key: bytes) -> None:
        salt = secrets.token_bytes(SALT_SIZE)
        self._sink, self._start = sink, header(0) + salt
        self._cipher, self._number = _cipher(key, salt), 0
        self._waiting = bytearray()
        self._is_finished = False
        sink.write(self._start)

    def write(self, data: bytes) -> int:
        """Takes any amount; returns how much that was."""
        if self._is_finished:
            raise ValueError("the stream is finished")
        self._waiting += data
        # A full chunk waits until more comes: it may be the last one.
        while len(self._waiting) > CHUNK_SIZE:
            self._put(bytes(self._waiting[:CHUNK_SIZE]), is_last=False)
            del self._waiting[:CHUNK_SIZE]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk, even an empty one."""
        if not self._is_finished:
            self._put(bytes(self._waiting), is_last=True)
            self._waiting.clear()
            self._is_finished = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        failed: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        if failed is None:
            self.finish()

    def _put(self, chunk: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._sink.write(self._cipher.encrypt(nonce, chunk, self._start))
        self._number += 1


def open_stream(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The plaintext in chunks, each one authentic when it is given out.

    Raises CannotOpen, for a stream that was cut at the place where it was cut: whoever must not
    act on half a file reads it to its end first.
    """
    start = _read(source, HEADER_SIZE + SALT_SIZE)
    if len(start) != HEADER_SIZE + SALT_SIZE or start[:HEADER_SIZE] != header(0):
        raise CannotOpen
    cipher, number = _cipher(key, start[HEADER_SIZE:]), 0
    chunk = _read(source, _SEALED_CHUNK)
    while following := _read(source, _SEALED_CHUNK):
        yield _open_chunk(cipher, number, chunk, start, is_last=False)
        chunk, number = following, number + 1
    yield _open_chunk(cipher, number, chunk, start, is_last=True)


class _OpeningReader(io.RawIOBase):
    def __init__(self, source: BinaryIO, key: bytes) -> None:
        self._chunks, self._rest = open_stream(source, key), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview[int]") -> int:  # type: ignore[override]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def opening_reader(source: BinaryIO, key: bytes) -> io.BufferedReader:
    """The plaintext as a file to read from; reading raises CannotOpen."""
    return io.BufferedReader(_OpeningReader(source, key), CHUNK_SIZE)


def _open_chunk(cipher: AESGCM, number: int, chunk: bytes, start: bytes, *, is_last: bool) -> bytes:
    if len(chunk) < TAG_SIZE:
        raise CannotOpen
    try:
        return cipher.decrypt(_nonce(number, is_last=is_last), chunk, start)
    except InvalidTag:
        raise CannotOpen from None


def _read(source: BinaryIO, size: int) -> bytes:
    """Exactly this much, or what is left: pipes and sockets give less at a time."""
    parts = bytearray()
    while len(parts) < size and (part := source.read(size - len(parts))):
        parts += part
    return bytes(parts)


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(hkdf(key, "stream chunks", salt=salt))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")
