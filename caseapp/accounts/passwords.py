"""Passwords: hashed with Argon2id, two at a time, and never inside a database transaction."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from blinker import Signal

HASHER = PasswordHasher(
    time_cost=3, memory_cost=64 * 1024, parallelism=1, hash_len=32, salt_len=16, type=Type.ID
)

# The hash of a random password that nobody kept. Where there is no account the same work is done
# against it, so that the time of an answer does not tell whose accounts exist.
NOBODYS_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=1$duINwEnn1XJG04+ulh4jBg$"
    "5QuLf9ip0wbLLI6PITKoXNF4CFF3K9SGnTTKKJwIQnE"
)

WAIT_SECONDS = 20
_places = BoundedSemaphore(2)  # each hash takes 64 MiB: a flood of guesses must not take it all

hashing = Signal("sent before each piece of the slow work: a password is hashed or compared")


class TooBusy(Exception):
    """Too many passwords are being checked at once; ask again in a moment."""


def hash_password(password: str) -> str:
    """Argon2id, 64 MiB: about 160 ms. Call it outside the transaction. Raises TooBusy."""
    with _place():
        return HASHER.hash(_normal(password))


def is_password_of(stored_hash: str | None, password: str) -> bool:
    """Compare; None is an account that does not exist, and costs as much. Raises TooBusy."""
    with _place():
        try:
            HASHER.verify(stored_hash or NOBODYS_HASH, _normal(password))
        except (VerificationError, InvalidHashError):
            return False
    return stored_hash is not None


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise TooBusy
    try:
        hashing.send()
        yield
    finally:
        _places.release()


def _normal(password: str) -> bytes:
    """One way to write the same letters (NIST SP 800-63B), whatever the keyboard sent."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
