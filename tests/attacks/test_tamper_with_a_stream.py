"""Aim: with write access to sealed files, make one open as something that was never written."""

import io
import secrets
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.vault.errors import CannotOpen
from caseapp.vault.keyring import Vault
from caseapp.vault.sealing import TAG_SIZE
from caseapp.vault.streams import CHUNK_SIZE, SealingWriter, new_stream_key, open_stream
from tests.unit.vault.sealed_notes import new_vault

HEADER = 6 + 32
SEALED_CHUNK = CHUNK_SIZE + TAG_SIZE
KEY = new_stream_key()


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    sink = io.BytesIO()
    with SealingWriter(sink, key) as writer:
        writer.write(content)
    return sink.getvalue()


def opened(stream: bytes, key: bytes = KEY) -> bytes:
    return b"".join(open_stream(io.BytesIO(stream), key))


CONTENT = secrets.token_bytes(2 * CHUNK_SIZE + 100)
STREAM = sealed(CONTENT)
CHUNKS = [
    STREAM[start : start + SEALED_CHUNK] for start in range(HEADER, len(STREAM), SEALED_CHUNK)
]


def test_the_untouched_stream_opens() -> None:
    assert opened(STREAM) == CONTENT
    assert len(CHUNKS) == 3


@pytest.mark.parametrize("chunks", [0, 1, 2])
@pytest.mark.parametrize("more", [-1, 0, 1, TAG_SIZE])
def test_a_stream_cut_at_or_beside_a_chunks_edge_does_not_open(chunks: int, more: int) -> None:
    with pytest.raises(CannotOpen):
        opened(STREAM[: max(0, HEADER + chunks * SEALED_CHUNK + more)])


def test_a_file_that_is_exactly_full_chunks_does_not_open_when_cut_by_one() -> None:
    stream = sealed(bytes(2 * CHUNK_SIZE))
    with pytest.raises(CannotOpen):
        opened(stream[:-SEALED_CHUNK])


@pytest.mark.parametrize(
    "order", [[1, 0, 2], [0, 2, 1], [2], [0, 2], [1, 2], [0, 0, 1, 2], [0, 1, 2, 2], [0, 1, 1, 2]]
)
def test_chunks_swapped_left_out_or_repeated_do_not_open(order: list[int]) -> None:
    with pytest.raises(CannotOpen):
        opened(STREAM[:HEADER] + b"".join(CHUNKS[number] for number in order))


@pytest.mark.parametrize("appended", [b"\x00", bytes(TAG_SIZE), bytes(SEALED_CHUNK), STREAM])
def test_anything_appended_does_not_open(appended: bytes) -> None:
    with pytest.raises(CannotOpen):
        opened(STREAM + appended)


def test_chunks_of_another_stream_under_the_same_key_do_not_open() -> None:
    other = sealed(CONTENT)
    for start in range(HEADER, len(STREAM), SEALED_CHUNK):
        mixed = (
            STREAM[:start] + other[start : start + SEALED_CHUNK] + STREAM[start + SEALED_CHUNK :]
        )
        with pytest.raises(CannotOpen):
            opened(mixed)
    with pytest.raises(CannotOpen):
        opened(other[:HEADER] + STREAM[HEADER:])


def test_the_file_of_another_id_does_not_open(tmp_path_factory: pytest.TempPathFactory) -> None:
    vault: Vault = new_vault(tmp_path_factory.mktemp("vault"))
    one, other = uuid4(), uuid4()
    stream = sealed(b"text", vault.stream_key(one))
    assert opened(stream, vault.stream_key(one)) == b"text"
    with pytest.raises(CannotOpen):
        opened(stream, vault.stream_key(other))


def test_every_flipped_byte_of_a_small_stream_is_found() -> None:
    stream = sealed(b"a short text")
    for position in range(len(stream)):
        with pytest.raises(CannotOpen):
            opened(stream[:position] + bytes([stream[position] ^ 1]) + stream[position + 1 :])


@settings(deadline=None)
@given(st.integers(0, len(STREAM) - 1), st.integers(1, 255))
def test_any_flipped_byte_of_a_large_stream_is_found(position: int, flip: int) -> None:
    with pytest.raises(CannotOpen):
        opened(STREAM[:position] + bytes([STREAM[position] ^ flip]) + STREAM[position + 1 :])


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_garbage_does_not_open(garbage: bytes) -> None:
    with pytest.raises(CannotOpen):
        opened(garbage)


def test_nothing_plain_is_given_out_before_it_is_checked() -> None:
    """A reader of a stream that was cut gets authentic chunks, then the error, and no more."""
    chunks = open_stream(io.BytesIO(STREAM[:-1]), KEY)
    assert next(chunks) + next(chunks) == CONTENT[: 2 * CHUNK_SIZE]
    with pytest.raises(CannotOpen):
        next(chunks)
    assert next(chunks, None) is None
