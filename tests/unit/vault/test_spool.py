"""A spool gives back what it was given, from wherever it is read, and keeps it sealed meanwhile."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.vault.errors import CannotOpen
from caseapp.vault.spool import IN_MEMORY, SealedSpool

steps = st.lists(st.tuples(st.integers(-10, 200_000), st.integers(0, 70_000)), max_size=8)


def spool_of(content: bytes, step: int = 50_000) -> SealedSpool:
    spool = SealedSpool()
    for start in range(0, len(content), step):
        spool.write(content[start : start + step])
    return spool


@given(length=st.integers(0, 150_000), reads=steps)
def test_it_reads_like_any_file(length: int, reads: list[tuple[int, int]]) -> None:
    content = bytes(number % 251 for number in range(length))
    with spool_of(content) as spool:
        plain = io.BytesIO(content)
        for place, size in reads:
            spool.seek(max(0, place))
            plain.seek(max(0, place))
            assert spool.read(size) == plain.read(size)
        spool.seek(0)
        assert spool.read() == content


def test_a_long_one_is_sealed_where_it_rests() -> None:
    with spool_of(b"canary " * 200_000) as spool:
        spool.seek(0)
        assert spool.size > IN_MEMORY
        spool._sink.seek(0)
        assert b"canary" not in spool._sink.read()


def test_what_was_changed_on_the_disk_is_not_given_out() -> None:
    with spool_of(b"a letter " * 100_000) as spool:
        spool.seek(0)
        spool._sink.seek(70_000)
        spool._sink.write(b"changed")
        spool.seek(0)
        with pytest.raises(CannotOpen):
            spool.read()


def test_an_archive_is_read_out_of_it() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as sink:
        sink.writestr("a.txt", b"one")
        sink.writestr("b.txt", b"two" * 50_000)
    with spool_of(made.getvalue()) as spool, zipfile.ZipFile(spool) as archive:
        assert archive.read("b.txt") == b"two" * 50_000


def test_nothing_is_added_once_it_is_read() -> None:
    with spool_of(b"a") as spool:
        spool.seek(0)
        with pytest.raises(ValueError, match="being read"):
            spool.write(b"b")
