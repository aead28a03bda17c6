"""The ledger of releases: chained, and quiet about the counts."""

from dataclasses import replace
from typing import Any

import pytest

from caseapp.disclosure.ledger import (
    START,
    Broken,
    Entry,
    append,
    catalogue_hash,
    head,
    inputs_hash,
    released_hash,
    verify,
)
from caseapp.disclosure.tables import Dimension, Table

HASHES = {"inputs": "1" * 64, "catalogue": "2" * 64, "released": "3" * 64}
SEX = Dimension("sex", ("female", "male"))


@pytest.fixture
def ledger() -> list[Entry]:
    entries: list[Entry] = []
    for period in ("2025-04", "2025-05", "2025-06"):
        entries.append(append(entries, period, "2025-04", HASHES, "OR-tools 9"))
    return entries


def test_a_whole_ledger_verifies(ledger: list[Entry]) -> None:
    verify(ledger)
    assert head([]) == START
    assert head(ledger) == ledger[-1].head


@pytest.mark.parametrize("name", ["period", "since", "inputs", "catalogue", "released", "solver"])
def test_a_changed_entry_breaks_the_chain(ledger: list[Entry], name: str) -> None:
    changed: dict[str, Any] = {name: "something else"}
    ledger[1] = replace(ledger[1], **changed)
    with pytest.raises(Broken, match="entry 3"):
        verify(ledger)


def test_an_entry_cut_out_or_put_elsewhere_breaks_the_chain(ledger: list[Entry]) -> None:
    for damaged in (ledger[1:], [ledger[0], ledger[2]], [ledger[1], ledger[0], ledger[2]]):
        with pytest.raises(Broken):
            verify(damaged)


def test_the_hash_of_the_inputs_needs_the_key() -> None:
    """The head is public: without a key, the few counts of a small table could be tried out."""
    tables = [Table("t", (SEX,), {("male",): 3})]
    assert inputs_hash(tables, b"k" * 32) != inputs_hash(tables, b"l" * 32)
    other = [Table("t", (SEX,), {("male",): 4})]
    assert inputs_hash(tables, b"k" * 32) != inputs_hash(other, b"k" * 32)


def test_the_catalogue_is_its_shape_and_not_its_counts() -> None:
    table = Table("t", (SEX,), {("male",): 3})
    assert catalogue_hash([table]) == catalogue_hash([Table("t", (SEX,), {})])
    assert catalogue_hash([table]) != catalogue_hash([Table("other", (SEX,), {})])


def test_the_hash_of_the_files_is_that_of_every_byte() -> None:
    assert released_hash({"a": b"1"}) != released_hash({"a": b"2"})
    assert released_hash({"a": b"1", "b": b"2"}) == released_hash({"b": b"2", "a": b"1"})
