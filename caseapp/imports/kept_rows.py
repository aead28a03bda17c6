"""The two sealed files of an import: its rows, and the faulty ones with what is wrong."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import UUID

from flask import current_app
from msgspec import json

from caseapp.clock import now
from caseapp.imports.models import ImportHead
from caseapp.imports.rules import Row
from caseapp.vault.durable_files import durable_sink
from caseapp.vault.errors import CannotOpen
from caseapp.vault.streams import SealingWriter, new_stream_key, opening_reader

FOLDER = "imports"
PART = 64 * 1024
OLD = 60 * 60  # seconds: a younger file may be one whose row is being written
WORKED_OUT = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula
REASONS = "What is wrong"
ROW = json.Decoder(Row)


def keep_rows(file_id: UUID, rows: Iterable[Row]) -> tuple[bytes, int]:
    """Seal the rows onto the disk; returns their key and how many they are."""
    _folder().mkdir(mode=0o700, exist_ok=True)
    key, count = new_stream_key(), 0
    with durable_sink(rows_path(file_id)) as sink, SealingWriter(sink, key) as writer:
        for row in rows:
            writer.write(json.encode(row) + b"\n")
            count += 1
    return key, count


def read_rows(head: ImportHead) -> Iterator[Row]:
    """From their start, while they are asked for. Raises CannotOpen where the file was damaged or
    is gone."""
    try:
        source = rows_path(head.file_id).open("rb")
    except FileNotFoundError:
        raise CannotOpen from None
    with source, opening_reader(source, head.rows_key) as lines:
        yield from map(ROW.decode, lines)


@contextmanager
def faults_sink(import_id: UUID, head: ImportHead) -> Iterator["FaultsFile"]:
    """A sealed CSV of the faulty rows, as they came, with what is wrong in the last column."""
    path = faults_path(import_id)
    with durable_sink(path) as sink, SealingWriter(sink, head.faults_key) as writer:
        faults = FaultsFile(writer)
        faults.add(head.columns, REASONS)
        yield faults


class FaultsFile:
    """Writes rows that a spreadsheet shows as text and never works out."""

    def __init__(self, writer: SealingWriter) -> None:
        self._writer = writer
        self._writer.write(b"\xef\xbb\xbf")

    def add(self, cells: Sequence[str], reasons: str) -> None:
        line = io.StringIO()
        csv.writer(line).writerow([*map(_as_text, cells), _as_text(reasons)])
        self._writer.write(line.getvalue().encode())


def read_faults(path: Path, head: ImportHead) -> Iterator[bytes]:
    """In parts, while it is being sent: the app is not at hand any more then."""
    with path.open("rb") as source:
        reader = opening_reader(source, head.faults_key)
        while part := reader.read(PART):
            yield part


def forget_rows(head: ImportHead) -> None:
    _forget(rows_path(head.file_id))


def forget_faults(import_id: UUID) -> None:
    _forget(faults_path(import_id))


def old_files() -> Iterator[Path]:
    """Those on their way, whose names begin with a dot, too."""
    moment = now().timestamp()
    for path in _folder().glob("*"):
        if moment - path.stat().st_mtime > OLD:
            yield path


def rows_path(file_id: UUID) -> Path:
    return _folder() / f"{file_id}.rows"


def faults_path(import_id: UUID) -> Path:
    return _folder() / f"{import_id}.faults"


def _folder() -> Path:
    home: Path = current_app.extensions["settings"].home
    return home / FOLDER


def _forget(path: Path) -> None:
    with suppress(FileNotFoundError):
        path.unlink()


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(WORKED_OUT) else cell
