"""The two sealed files of an import: the rows as they came, and the faulty ones with reasons."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from flask import current_app

from caseapp.imports.models import ImportHead
from caseapp.imports.sheets import MOST_BYTES, Opener, SheetProblem
from caseapp.vault.durable_files import durable_sink
from caseapp.vault.streams import SealingWriter, new_stream_key, opening_reader

FOLDER = "imports"
PART = 64 * 1024
WORKED_OUT = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula
REASONS = "What is wrong"


def keep_rows(import_id: UUID, file: BinaryIO | io.BufferedIOBase) -> bytes:
    """Seal the file as it came onto the disk; returns its key. Raises SheetProblem."""
    _folder().mkdir(mode=0o700, exist_ok=True)
    key, size = new_stream_key(), 0
    with durable_sink(rows_path(import_id)) as sink, SealingWriter(sink, key) as writer:
        while part := file.read(PART):
            size += len(part)
            if size > MOST_BYTES:
                raise SheetProblem("The file is larger than 20 MB: split it in two")
            writer.write(part)
    if not size:
        forget_rows(import_id)
        raise SheetProblem("The file is empty")
    return key


def rows_opener(import_id: UUID, key: bytes) -> Opener:
    """The rows, from their start each time; raises CannotOpen where the file was damaged."""

    @contextmanager
    def open_rows() -> Iterator[BinaryIO]:
        with rows_path(import_id).open("rb") as source, opening_reader(source, key) as reader:
            yield cast(BinaryIO, reader)

    return open_rows


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


def forget_rows(import_id: UUID) -> None:
    _forget(rows_path(import_id))


def forget_all(import_id: UUID) -> None:
    _forget(rows_path(import_id))
    _forget(faults_path(import_id))


def rows_path(import_id: UUID) -> Path:
    return _folder() / f"{import_id}.rows"


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
