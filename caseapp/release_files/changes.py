"""What changed between two editions, from their released files alone."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from caseapp.disclosure.long_form import FIGURES
from caseapp.disclosure.tables import ALL

Files = Mapping[str, bytes]
Words = Mapping[tuple[str, str, str], str]  # by file, column and code, as the dictionary has them
Fixed = frozenset[tuple[str, str]]  # what a figure is about: measure, dimensions, categories
LEAST = 5  # what moved by less is rounding
FACTS = {
    "cells": "Figures",
    "repairs": "Repairs before it was safe",
    "groups_proved_none_or_all": "Groups proved to be none or all",
    "cells_with_a_wider_interval": "Figures with a wider interval",
    "programmes_solved": "Programs that the attacker solved",
    "seconds": "Seconds of attack",
}


@dataclass(frozen=True)
class Move:
    """One figure that moved: what it is about in words, its value before and now."""

    about: str
    before: int
    after: int

    @property
    def by(self) -> int:
        return self.after - self.before

    @property
    def is_new(self) -> bool:
        return self.before == 0


@dataclass(frozen=True)
class TableMoves:
    """The figures of one table that moved, the largest move first."""

    title: str
    moves: tuple[Move, ...]


def moves_between(before: Files, after: Files) -> list[TableMoves]:
    """By table, the one with the largest move first. A figure that several tables show is told
    once, where it is shown first."""
    told: set[Fixed] = set()
    words = _words(after)
    tables = [_moves_of(name, before, after, told, words) for name in _tables(after)]
    found = [table for table in tables if table.moves]
    return sorted(found, key=lambda table: -abs(table.moves[0].by))


def certificates_beside(before: Files, after: Files) -> list[tuple[str, str, str]]:
    """(what, in the edition before, in this one) of the two certificates."""
    beside = zip(_facts(before), _facts(after), strict=True)
    return [(what, old, new) for (what, old), (_, new) in beside]


def _tables(files: Files) -> list[str]:
    return [name for name in files if name.startswith("tables/") and name.endswith(".csv")]


def _words(files: Files) -> Words:
    rows = _rows(files["dictionary.csv"])
    return {(row["file"], row["column"], row["code"]): row["meaning"] for row in rows}


def _moves_of(name: str, before: Files, after: Files, told: set[Fixed], words: Words) -> TableMoves:
    old, moves = dict(_figures(before.get(name, b""))), []
    for fixed, value in _figures(after[name]):
        was = old.get(fixed)
        if was is not None and fixed not in told and abs(value - was) >= LEAST:
            moves.append(Move(_in_words(fixed, words), was, value))
        told.add(fixed)
    moves.sort(key=lambda move: -abs(move.by))
    return TableMoves(words.get((name, "", ""), name), tuple(moves))


def _rows(content: bytes) -> Iterator[dict[str, str]]:
    return iter(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def _figures(content: bytes) -> Iterator[tuple[Fixed, int]]:
    """Every figure that has a value, a rounded zero among them."""
    for row in _rows(content):
        if row["value"]:
            cuts = [(name, code) for name, code in row.items() if name not in FIGURES]
            fixed = [(name, code) for name, code in cuts if code != ALL]
            yield frozenset([("measure", row["measure"]), *fixed]), int(row["value"])


def _in_words(fixed: Fixed, words: Words) -> str:
    cuts = sorted(pair for pair in fixed if pair[0] != "measure")
    told = (f"{_word(words, name, '')}: {_word(words, name, code)}" for name, code in cuts)
    return "; ".join(told) or "All"


def _word(words: Words, name: str, code: str) -> str:
    return words.get(("tables", name, code), code or name)


def _facts(files: Files) -> Iterator[tuple[str, str]]:
    certificate: Mapping[str, Any] = json.loads(files["certificate.json"])
    for what, name in (("Counts", "counts"), ("Changes", "flows")):
        tally = certificate[f"{name}_that_could_be_small"]
        yield f"{what} tested", f"{tally['tested']:,}"
        yield f"{what} that could be worked out", str(tally["exact"])
        yield f"{what} with too few possibilities", str(tally["narrow"])
    for name, words in FACTS.items():
        yield words, str(certificate.get(name, ""))
    utility = certificate["utility"]
    yield "Mean error of figures that are not zero", str(utility["mean_error_of_non_zero_cells"])
    yield "Greatest error", str(utility["maximum_error"])
