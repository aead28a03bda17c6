"""The sealed file of a pack in the home: nothing plain ever lies beside it."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from flask import current_app

from caseapp.documents.joining_apart import join_and_lock
from caseapp.packs.rules import name_of
from caseapp.vault.durable_files import durable_sink, sync_folder
from caseapp.vault.errors import CannotOpen
from caseapp.vault.streams import SealingWriter, open_stream

FOLDER = "packs"
ENDING = ".sealed"

Plans = Iterable[tuple[int, bytes]]  # (number, PDF): taken one by one, and dropped


class PackSink(io.RawIOBase):
    """Where a file is written to once, from its start to its end."""

    def __init__(self, writer: SealingWriter) -> None:
        self._writer, self.size = writer, 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        with memoryview(cast(bytes, data)) as view:
            written = self._writer.write(bytes(view))
        self.size += written
        return written


@contextmanager
def pack_sink(pack_id: UUID, key: bytes) -> Iterator[PackSink]:
    """Takes its place only when it is whole; where the block fails nothing is left."""
    folder = _folder()
    if not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)
    with durable_sink(path_of(pack_id)) as sink, SealingWriter(sink, key) as writer:
        yield PackSink(writer)


def write_zip(sink: PackSink, plans: Plans) -> None:
    """Each PDF is locked by itself already: that opens everywhere, and a locked zip does not."""
    with zipfile.ZipFile(cast(BinaryIO, sink), "w") as archive:
        for number, pdf in plans:
            # Without a date: ZipInfo's own is 1980, and the zip tells nothing of the day.
            entry = zipfile.ZipInfo(name_of(number))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, pdf)


def write_pdf(sink: PackSink, plans: Plans, password: str) -> None:
    """One document of them all, locked as a whole."""
    for part in join_and_lock((pdf for _, pdf in plans), password):
        sink.write(part)


def read_pack(pack_id: UUID, key: bytes, size: int) -> tuple[BinaryIO, Iterator[bytes]]:
    """The file, to be closed where it is not read to its end, and its plaintext in parts.

    It is read to its end before, so that nobody gets half of a damaged pack. Raises CannotOpen.
    """
    try:
        source = path_of(pack_id).open("rb")
    except OSError:
        raise CannotOpen from None
    try:
        if sum(map(len, open_stream(source, key))) != size:
            raise CannotOpen
        source.seek(0)
    except BaseException:
        source.close()
        raise
    return source, open_stream(source, key)


def forget_file(pack_id: UUID) -> None:
    with suppress(FileNotFoundError):
        path_of(pack_id).unlink()
        sync_folder(_folder())


def kept_files() -> Iterator[tuple[UUID, Path]]:
    """Every file, those on their way too, whose names begin with a dot; with the pack's id."""
    for path in _folder().glob(f"*{ENDING}*"):
        with suppress(ValueError):
            yield UUID(path.name.lstrip(".").split(".")[0]), path


def path_of(pack_id: UUID) -> Path:
    return _folder() / f"{pack_id}{ENDING}"


def _folder() -> Path:
    home: Path = current_app.extensions["settings"].home
    return home / FOLDER
