"""Sealing what only the bearer of a token may have opened: the token is part of the key."""

from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseapp.vault.sealing import context, open_sealed, seal
from caseapp.vault.unlocked import Vault

GENERATION = 1
NOWHERE = UUID(int=0)


def seal_for_token(vault: Vault, label: str, token: str, plaintext: bytes) -> bytes:
    """Sealed bytes that need both this vault and the token: neither alone opens them."""
    return seal(_cipher(vault, label, token), GENERATION, plaintext, _place(label))


def open_for_token(vault: Vault, label: str, token: str, sealed: bytes) -> bytes:
    """Raises CannotOpen."""
    return open_sealed(_cipher(vault, label, token), GENERATION, sealed, _place(label))


def _cipher(vault: Vault, label: str, token: str) -> AESGCM:
    return AESGCM(vault.derive(f"token {label} {token}"))


def _place(label: str) -> bytes:
    return context(label, "content", NOWHERE)
