"""Writing a file so that after a power cut it is either the old one or the new one."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def write_durably(path: Path, content: bytes, *, replace: bool = True) -> None:
    """A small file at once; raises like durable_sink."""
    with durable_sink(path, replace=replace) as sink:
        sink.write(content)


@contextmanager
def durable_sink(path: Path, *, replace: bool = True) -> Iterator[BinaryIO]:
    """A file to write to that takes its name only when it is whole and on the disk.

    Temporary file (0600) in the same folder, fsync, rename, fsync of the folder; where the block
    fails nothing is left. Raises FileExistsError where `replace` is false and the file is there;
    OSError as they come.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    try:
        with open(os.open(temporary, flags, 0o600), "wb") as sink:
            yield sink
            sink.flush()
            os.fsync(sink.fileno())
        if replace:
            temporary.replace(path)
        else:
            os.link(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a file's new name survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
