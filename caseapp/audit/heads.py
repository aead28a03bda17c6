"""The heads of the chains, kept outside the database: a cut tail fails against them."""

import hashlib
import hmac
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from caseapp.vault.errors import CannotOpen
from caseapp.vault.unlocked import Vault

LONGEST_LINE = 1000  # bytes; ours are some 180


@dataclass(frozen=True)
class Head:
    """How long a chain was after a commit, and its last link."""

    chain_id: UUID
    number: int
    mac: bytes


@dataclass(frozen=True)
class HeadsFile:
    """An append-only file beside the database; each line is signed.

    It is written after the commit, so it may lag behind by the last entries; it is never ahead.
    """

    path: Path

    def append(self, vault: Vault, heads: Iterable[Head]) -> None:
        text = "".join(_line(vault, head) for head in heads)
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)

    def mend(self) -> None:
        """Cut off a last line that a power cut tore, or the next one would be written behind it
        and both would look like somebody's work. Called when the app starts."""
        if not self.is_there:
            return
        with self.path.open("r+b") as file:
            start = max(0, self.size - LONGEST_LINE)
            file.seek(start)
            tail = file.read()
            whole = tail.rfind(b"\n") + 1
            if whole < len(tail) and (whole or start == 0):
                file.truncate(start + whole)

    def read(self, vault: Vault, end: int | None = None) -> Iterator[Head | None]:
        """Each head as it was written, or None for a line that is not ours; a torn end is none.

        `end` is a size that the file had in bytes: what came later is left out.
        """
        if not self.is_there:
            return
        with self.path.open("rb") as file:
            while line := file.readline(LONGEST_LINE):
                if not line.endswith(b"\n") or (end is not None and file.tell() > end):
                    return
                yield _parse(vault, line)

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.is_there else 0

    @property
    def is_there(self) -> bool:
        return self.path.is_file()


def _line(vault: Vault, head: Head) -> str:
    text = f"{vault.audit_generation} {head.chain_id} {head.number} {head.mac.hex()}"
    return f"{text} {_signature(vault, vault.audit_generation, text)}\n"


def _parse(vault: Vault, line: bytes) -> Head | None:
    text, _, signature = line.decode("ascii", errors="replace").rstrip("\n").rpartition(" ")
    generation, *rest = text.split(" ")
    try:
        expected = _signature(vault, int(generation), text)
    except (ValueError, CannotOpen):  # no number, or one of a key that never was
        return None
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        return None
    chain_id, number, mac = rest
    return Head(UUID(chain_id), int(number), bytes.fromhex(mac))


def _signature(vault: Vault, generation: int, text: str) -> str:
    key = vault.audit_key(generation)
    return hmac.digest(key, b"head " + text.encode(), hashlib.sha256).hex()
