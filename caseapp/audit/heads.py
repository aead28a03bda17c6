"""The heads of the chains, kept outside the database: a cut tail fails against them."""

import hashlib
import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from caseapp.vault.unlocked import Vault


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

    def read(self, vault: Vault) -> tuple[dict[UUID, Head], int]:
        """The longest head of each chain, and how many lines were not ours (a torn end is none)."""
        newest: dict[UUID, Head] = {}
        strange = 0
        text = self.path.read_text(encoding="utf-8", errors="replace") if self.is_there else ""
        for line in text.split("\n")[:-1]:
            head = _parse(vault, line + "\n")
            if head is None:
                strange += 1
            elif head.chain_id not in newest or newest[head.chain_id].number < head.number:
                newest[head.chain_id] = head
        return newest, strange

    @property
    def is_there(self) -> bool:
        return self.path.is_file()


def _line(vault: Vault, head: Head) -> str:
    text = f"{vault.audit_generation} {head.chain_id} {head.number} {head.mac.hex()}"
    return f"{text} {_signature(vault, vault.audit_generation, text)}\n"


def _parse(vault: Vault, line: str) -> Head | None:
    text, _, signature = line.rstrip("\n").rpartition(" ")
    parts = text.split(" ")
    if len(parts) != 4 or not parts[0].isdecimal():
        return None
    if not hmac.compare_digest(signature.encode(), _signature(vault, int(parts[0]), text).encode()):
        return None
    return Head(UUID(parts[1]), int(parts[2]), bytes.fromhex(parts[3]))


def _signature(vault: Vault, generation: int, text: str) -> str:
    key = vault.audit_key(generation)
    return hmac.digest(key, b"head " + text.encode(), hashlib.sha256).hex()
