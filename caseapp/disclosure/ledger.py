"""The ledger of releases: each entry is chained to the one before, so none can be changed or cut
out unseen. Pure: the rows are kept by others."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from caseapp.disclosure.tables import Table

START = "0" * 64


class Broken(ValueError):
    """The ledger does not hold together; one plain line."""


@dataclass(frozen=True)
class Entry:
    """One release. `inputs`, `catalogue` and `released` are hashes as hex digits."""

    position: int
    period: str
    since: str
    inputs: str
    catalogue: str
    released: str
    solver: str
    previous: str

    @property
    def head(self) -> str:
        """The hash that the next entry and the certificate carry."""
        return _hash(asdict(self))


def append(
    entries: Sequence[Entry], period: str, since: str, hashes: Mapping[str, str], solver: str
) -> Entry:
    """The entry that follows; `hashes` holds inputs, catalogue and released."""
    previous = entries[-1].head if entries else START
    return Entry(len(entries) + 1, period, since, **hashes, solver=solver, previous=previous)


def head(entries: Sequence[Entry]) -> str:
    return entries[-1].head if entries else START


def verify(entries: Sequence[Entry]) -> None:
    """Raises `Broken` with the first entry that does not follow from the one before."""
    expected = START
    for position, entry in enumerate(entries, start=1):
        if entry.position != position or entry.previous != expected:
            raise Broken(f"The ledger of releases is damaged at entry {position}.")
        expected = entry.head


def inputs_hash(tables: Sequence[Table], key: bytes) -> str:
    """Keyed: the head is public, and the true counts of a small table could be tried out."""
    counts = [[table.name, sorted(table.counts.items())] for table in tables]
    return hmac.new(key, _canonical(counts), sha256).hexdigest()


def catalogue_hash(tables: Sequence[Table]) -> str:
    """Over the structure alone: names, dimensions, categories, and what is impossible."""
    shape = [
        {
            "name": table.name,
            "population": table.population,
            "within": table.within,
            "dimensions": [asdict(dimension) for dimension in table.dimensions],
            "impossible": sorted(table.impossible),
        }
        for table in tables
    ]
    return _hash(shape)


def released_hash(files: Mapping[str, bytes]) -> str:
    """Over every file of a release by name."""
    return _hash({name: sha256(content).hexdigest() for name, content in files.items()})


def _hash(value: Any) -> str:
    return sha256(_canonical(value)).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
