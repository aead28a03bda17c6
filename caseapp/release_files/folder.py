"""Puts a release into a folder: whole, on disk, or not at all.

It is written under a hidden name and renamed when it is whole. What a killed process left under
such a name is swept by the next run; a lock tells it from what another process is writing now.
"""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

DRAFT = re.compile(r"\.\d{4}-\d\d-[0-9a-f]{8}")


class FolderProblem(OSError):
    """The release cannot be put there; the message is one plain line."""


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the files beside the target, then give the folder its name in one step.

    A target that holds the very same files is left as it is. Raises FolderProblem.
    """
    _sweep(target.parent)
    if target.exists():
        if not _holds(target, files):
            raise FolderProblem(f"{target} is there already and holds something else")
        return
    try:
        _write(target, files)
    except OSError as problem:
        raise FolderProblem(f"{target} cannot be written: {problem.strerror}") from None


def _holds(target: Path, files: Mapping[str, bytes]) -> bool:
    found = [path for path in target.rglob("*") if path.is_file()] if target.is_dir() else []
    names = {path.relative_to(target).as_posix() for path in found}
    return names == set(files) and all((target / n).read_bytes() == files[n] for n in names)


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}-{secrets.token_hex(4)}")
    draft.mkdir()
    try:
        with _locked(draft):
            for name, content in files.items():
                _write_file(draft / name, content)
            for folder in (draft, *(path for path in draft.rglob("*") if path.is_dir())):
                _fsync(folder)
            draft.rename(target)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    _fsync(target.parent)


def _sweep(parent: Path) -> None:
    """Remove the drafts that nobody is writing any more."""
    drafts = parent.iterdir() if parent.is_dir() else ()
    for draft in [each for each in drafts if DRAFT.fullmatch(each.name) and each.is_dir()]:
        try:
            with _locked(draft):
                shutil.rmtree(draft, ignore_errors=True)
        except OSError:  # somebody is writing it, or it is gone by now
            continue


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Held while the process lives: the system lets go of it however the process ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


def _write_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _fsync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
