"""Sealed streams: a known answer, any size, and nothing plain in the sink."""

import io
import secrets
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.vault import streams
from caseapp.vault.durable_files import durable_sink
from caseapp.vault.errors import CannotOpen
from caseapp.vault.streams import (
    CHUNK_SIZE,
    SealingWriter,
    new_stream_key,
    open_stream,
    opening_reader,
)
from caseapp.vault.unlocking import hkdf

KEY = bytes(range(32))
SALT = bytes(range(100, 132))
KNOWN = (
    "0101000000006465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f80818283"
    "2c2b0755c679e6a9a85a393704ed0d5156e03270"
    "e50d6cd85aa1f6a312b7f6476959c00dbc44"
)


def sealed(*parts: bytes) -> bytes:
    sink = io.BytesIO()
    with SealingWriter(sink, KEY) as writer:
        for part in parts:
            assert writer.write(part) == len(part)
    return sink.getvalue()


def test_a_stream_is_the_known_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "token_bytes", lambda size: SALT[:size])
    monkeypatch.setattr(streams, "CHUNK_SIZE", 4)
    assert sealed(b"known!").hex() == KNOWN


def test_the_known_answer_opens_with_the_library_alone() -> None:
    stream = bytes.fromhex(KNOWN)
    start, first, last = stream[:38], stream[38:58], stream[58:]
    assert start == bytes.fromhex("010100000000") + SALT
    cipher = AESGCM(hkdf(KEY, "stream chunks", salt=SALT))
    opened = cipher.decrypt(bytes(12), first, start)
    opened += cipher.decrypt(bytes(10) + b"\x01\x01", last, start)
    assert opened == b"known!"


@pytest.mark.parametrize("more", [-1, 0, 1])
@pytest.mark.parametrize("chunks", [0, 1, 2])
def test_every_length_round_a_chunks_edge_opens(chunks: int, more: int) -> None:
    content = secrets.token_bytes(max(0, chunks * CHUNK_SIZE + more))
    assert b"".join(open_stream(io.BytesIO(sealed(content)), KEY)) == content


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40), max_size=12), st.integers(1, 50))
def test_it_does_not_matter_in_which_pieces_it_is_written_or_read(
    parts: list[bytes], size: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(streams, "CHUNK_SIZE", 16)
        patch.setattr(streams, "_SEALED_CHUNK", 32)
        reader = opening_reader(Dribble(sealed(*parts)), KEY)
        read = b"".join(iter(lambda: reader.read(size), b""))
    assert read == b"".join(parts)


class Dribble(io.BytesIO):
    """A pipe that gives a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or 0, 7))


def test_a_reader_serves_whoever_wants_a_file() -> None:
    content = secrets.token_bytes(CHUNK_SIZE + 10)
    with opening_reader(io.BytesIO(sealed(content)), KEY) as reader:
        assert reader.read(4) == content[:4]
        assert reader.peek(1)
        assert reader.read() == content[4:]
        assert reader.read() == b""


def test_a_reader_of_a_cut_stream_raises() -> None:
    with pytest.raises(CannotOpen):
        opening_reader(io.BytesIO(sealed(b"text")[:-1]), KEY).read()


def test_a_block_that_fails_leaves_a_stream_that_cannot_be_opened() -> None:
    sink = io.BytesIO()

    def upload_that_breaks_off() -> None:
        with SealingWriter(sink, KEY) as writer:
            writer.write(b"x" * (CHUNK_SIZE + 5))
            raise ConnectionError

    with pytest.raises(ConnectionError):
        upload_that_breaks_off()
    with pytest.raises(CannotOpen):
        b"".join(open_stream(io.BytesIO(sink.getvalue()), KEY))


def test_a_sealed_file_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"

    def write(*, breaks_off: bool) -> None:
        with durable_sink(path) as sink, SealingWriter(sink, KEY) as writer:
            writer.write(b"text")
            if breaks_off:
                raise ConnectionError

    with pytest.raises(ConnectionError):
        write(breaks_off=True)
    assert list(tmp_path.iterdir()) == []
    write(breaks_off=False)
    with path.open("rb") as source:
        assert opening_reader(source, KEY).read() == b"text"


def test_a_finished_stream_takes_no_more() -> None:
    sink = io.BytesIO()
    writer = SealingWriter(sink, KEY)
    writer.finish()
    writer.finish()
    with pytest.raises(ValueError, match="finished"):
        writer.write(b"more")
    assert b"".join(open_stream(io.BytesIO(sink.getvalue()), KEY)) == b""


def test_the_same_file_sealed_twice_under_one_key_shares_no_chunk() -> None:
    assert sealed(b"text")[38:] != sealed(b"text")[38:]


def test_nothing_plain_reaches_the_sink_at_any_moment() -> None:
    class Watched(io.BytesIO):
        def write(self, data: Any) -> int:
            assert b"canary" not in bytes(data)
            return super().write(data)

    with SealingWriter(Watched(), KEY) as writer:
        for _ in range(30_000):
            writer.write(b"canary")


def test_memory_does_not_grow_with_the_file() -> None:
    class Nowhere(io.BytesIO):
        def write(self, data: Any) -> int:
            return len(data)

    with SealingWriter(Nowhere(), KEY) as writer:
        for _ in range(100):
            writer.write(bytes(CHUNK_SIZE))
            assert len(writer._waiting) <= CHUNK_SIZE


def test_keys_of_files_are_random() -> None:
    assert new_stream_key() != new_stream_key()
    assert len(new_stream_key()) == 32
