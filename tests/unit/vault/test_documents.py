"""Documents: padded, so that a length tells little, and readable before they are kept."""

import traceback
from datetime import date, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.vault.documents import padded_size, read_document, write_document
from caseapp.vault.errors import CannotOpen


class Told(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    on: date | None = None
    at: datetime | None = None
    tags: tuple[str, ...] = ()


READER = msgspec.json.Decoder(Told)


def test_the_form_of_a_document_is_padded_json() -> None:
    written = write_document(Told(text="é", on=date(2024, 1, 2)), READER)
    assert written.rstrip(b" ").decode() == '{"text":"é","on":"2024-01-02","at":null,"tags":[]}'
    assert len(written) == 256


@pytest.mark.parametrize(
    ("length", "padded"),
    [(0, 256), (1, 256), (256, 256), (257, 512), (513, 1024), (2049, 4096), (4096, 4096),
     (4097, 8192), (8192, 8192), (8193, 12288)],
)  # fmt: skip
def test_lengths_are_rounded_up_to_buckets(length: int, padded: int) -> None:
    assert padded_size(length) == padded


@given(st.text(max_size=150), st.text(max_size=150))
def test_short_texts_cannot_be_told_apart_by_length(one: str, other: str) -> None:
    sizes = {len(write_document(Told(text=text[:30]), READER)) for text in (one, other)}
    assert sizes == {256}


@given(
    st.builds(
        Told, text=st.text(), on=st.none() | st.dates(), at=st.none() | st.datetimes(),
        tags=st.lists(st.text(), max_size=3).map(tuple),
    )
)  # fmt: skip
def test_what_is_written_reads_as_it_was(document: Told) -> None:
    assert read_document(write_document(document, READER), READER) == document


@pytest.mark.parametrize("wrong", [5, None, b"canary", "\ud800canary", object()])
def test_what_could_not_be_read_back_is_refused_without_quoting_it(wrong: Any) -> None:
    with pytest.raises(TypeError) as refused:
        write_document(Told(text=wrong), READER)
    assert "canary" not in "".join(traceback.format_exception(refused.value))


def test_a_list_in_the_place_of_a_tuple_is_refused() -> None:
    with pytest.raises(TypeError):
        write_document(Told(text="", tags=["one"]), READER)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [b"", b"null", b"{}", b'{"text":5}', b"\xff", b"[1]"])
def test_what_has_not_the_shape_cannot_be_opened(text: bytes) -> None:
    with pytest.raises(CannotOpen):
        read_document(text, READER)


def test_a_field_that_came_later_takes_its_default() -> None:
    assert read_document(b'{"text":"old","gone":1}', READER) == Told(text="old")
