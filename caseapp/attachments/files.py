"""The sealed files in the home: written before their row is, and swept where no row came."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from caseapp.attachments.models import KEPT, Attachment
from caseapp.clock import now
from caseapp.database import db
from caseapp.vault.durable_files import durable_sink, sync_folder
from caseapp.vault.errors import CannotOpen
from caseapp.vault.spool import SealedSpool
from caseapp.vault.streams import SealingWriter, new_stream_key, open_stream

FOLDER = "attachments"
ENDING = ".sealed"
PART = 64 * 1024
OLD = 60 * 60  # seconds: a younger file may be one whose row is being written


def folder() -> Path:
    home: Path = current_app.extensions["settings"].home
    return home / FOLDER


def path_of(file_id: UUID) -> Path:
    """A random id alone: no name of anybody's file is on the disk."""
    return folder() / f"{file_id}{ENDING}"


def keep_file(file_id: UUID, spool: SealedSpool) -> bytes:
    """Seal the file onto the disk, so that it survives a power cut, and return its key.

    Outside any transaction: nobody waits for our disk. Raises OSError; nothing is left then.
    """
    key = new_stream_key()
    if not folder().is_dir():
        folder().mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder().parent)
    spool.seek(0)
    sink_of = durable_sink(path_of(file_id), replace=False)
    with sink_of as sink, SealingWriter(sink, key) as writer:
        while part := spool.read1(PART):
            writer.write(part)
    return key


def open_file(attachment: Attachment) -> tuple[BinaryIO, Iterator[bytes]]:
    """The file, to be closed where it is not read to its end, and its plaintext in parts.

    It is read to its end before, so that nobody is given half of a damaged file. Raises CannotOpen.
    """
    with _closed_on_failure(path_of(attachment.file_id)) as source:
        check_stream(source, attachment.head.key, attachment.head.size)
        source.seek(0)
        return source, _then_closed(source, attachment.head.key)


def check_stream(source: BinaryIO, key: bytes, size: int) -> None:
    """Raises CannotOpen unless the whole of it is there and was not changed."""
    if sum(len(part) for part in open_stream(source, key)) != size:
        raise CannotOpen


def destroy_file(file_id: UUID) -> None:
    """What opened it went with the change of its row; the file goes as well."""
    with suppress(FileNotFoundError):
        path_of(file_id).unlink()
        sync_folder(folder())


def sweep_files() -> int:
    """Delete what no row keeps, left by a request that was cut off. Returns how many."""
    old = list(_old_files())
    query = select(Attachment.file_id).where(Attachment.state == KEPT)
    kept = {path_of(file_id) for file_id in db.session.scalars(query)} if old else set()
    left_over = [path for path in old if path not in kept]
    for path in left_over:
        path.unlink(missing_ok=True)
    return len(left_over)


def _old_files() -> Iterator[Path]:
    """Those on their way, whose names begin with a dot, too."""
    moment = now().timestamp()
    for path in folder().glob(f"*{ENDING}*"):
        if moment - path.stat().st_mtime > OLD:
            yield path


def _then_closed(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    with source:
        yield from open_stream(source, key)


@contextmanager
def _closed_on_failure(path: Path) -> Iterator[BinaryIO]:
    try:
        source = path.open("rb")
    except OSError:
        raise CannotOpen from None
    try:
        yield source
    except BaseException:
        source.close()
        raise
