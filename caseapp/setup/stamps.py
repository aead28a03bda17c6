"""Stamps: a step leaves the hash of what it was made from, and is skipped while that holds."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprint(*sources: Path | str) -> str:
    """Hash files (by content; a missing one counts as such) and words into 64 hex digits."""
    digest = hashlib.sha256()
    for source in sources:
        content = _content(source)
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


def _content(source: Path | str) -> bytes:
    if isinstance(source, str):
        return b"word:" + source.encode()
    try:
        return b"file:" + source.read_bytes()
    except FileNotFoundError:
        return b"missing"


def is_fresh(stamp: Path, wanted: str) -> bool:
    """Whether the step that left this stamp was made from exactly what is wanted now."""
    try:
        return stamp.read_text(encoding="ascii") == wanted
    except (OSError, UnicodeDecodeError):
        return False


def leave(stamp: Path, wanted: str) -> None:
    """Write the stamp, whole or not at all."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    new = stamp.with_name(stamp.name + ".new")
    new.write_text(wanted, encoding="ascii")
    new.replace(stamp)
