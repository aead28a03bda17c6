"""Writing a small file so that after a power cut it is either the old one or the new one."""

import os
import secrets
from pathlib import Path


def write_durably(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Temporary file (0600) in the same folder, fsync, rename, fsync of the folder.

    Raises FileExistsError where `replace` is false and the file is there; OSError as they come.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _write_and_sync(temporary, content)
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


def _write_and_sync(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    with open(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
