"""What unlocks a keyring, and the key that each kind of unlock gives."""

import logging
import os
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from caseapp.vault.errors import WeakUnlock, WrongUnlock
from caseapp.vault.recovery_key import read_recovery_key
from caseapp.vault.unshown import Unshown

KEY_SIZE = 32
SHORTEST_PASSPHRASE = 12
ARGON2_MEMORY_KIB, ARGON2_PASSES, ARGON2_LANES = 65536, 3, 1

# Anybody can read these in a public file, this one included.
PUBLISHED_PASSPHRASES = frozenset(
    {
        "demo-only-not-secret", "change-me-please", "changemechangeme",
        "correct horse battery staple", "correct-horse-battery-staple",
        "passphrase123", "password1234", "passwordpassword", "123456789012",
        "a long passphrase", "your passphrase here", "example-passphrase", "caseapp-passphrase",
    }
)  # fmt: skip
PUBLISHED_KEYS = frozenset(
    {bytes(range(KEY_SIZE)), *(bytes((value,)) * KEY_SIZE for value in range(256))}
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, repr=False, eq=False, slots=True)
class Passphrase(Unshown):
    """Typed by a person, or set in the environment of a laptop or a demo."""

    text: str


@dataclass(frozen=True, repr=False, eq=False, slots=True)
class UnlockKey(Unshown):
    """32 random bytes that a server reads at start."""

    key: bytes


@dataclass(frozen=True, repr=False, eq=False, slots=True)
class RecoveryKey(Unshown):
    """The printed key, as somebody typed it."""

    text: str


Unlock = Passphrase | UnlockKey | RecoveryKey


@dataclass(frozen=True)
class Stretching:
    """How hard a passphrase is to guess: Argon2id's memory in KiB, passes and lanes."""

    memory_kib: int = ARGON2_MEMORY_KIB
    passes: int = ARGON2_PASSES
    lanes: int = ARGON2_LANES

    @property
    def is_bearable(self) -> bool:
        return (
            0 < self.lanes <= 16
            and 0 < self.passes <= 32
            and 8 * self.lanes <= self.memory_kib <= 2**20
        )


def unlocking_key(unlock: Unlock, salt: bytes, stretching: Stretching) -> bytes:
    """The 32 bytes that wrap the root key; raises RecoveryKeySlip or WrongUnlock."""
    if isinstance(unlock, Passphrase):
        return _stretch(unlock.text, salt, stretching)
    if isinstance(unlock, UnlockKey):
        return hkdf(unlock.key, "unlock key", salt=salt)
    return hkdf(read_recovery_key(unlock.text).encode(), "recovery key", salt=salt)


def hkdf(secret: bytes, purpose: str, *, salt: bytes | None = None, length: int = 32) -> bytes:
    """HKDF-SHA-256: an independent key for each purpose."""
    info = f"caseapp 1 {purpose}".encode()
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def refuse_weak_unlock(unlock: Unlock, *, demo: bool = False) -> None:
    """Raises WeakUnlock for what everybody can know or guess; a demo home may use it."""
    if demo or isinstance(unlock, RecoveryKey):
        return
    refuse_published(unlock)
    if isinstance(unlock, Passphrase) and len(unlock.text) < SHORTEST_PASSPHRASE:
        raise WeakUnlock(f"The passphrase must have at least {SHORTEST_PASSPHRASE} characters")


def refuse_published(unlock: Unlock) -> None:
    """Raises WeakUnlock for a passphrase or key that an example file or the demo shows."""
    if isinstance(unlock, Passphrase):
        published = _normalised(unlock.text).casefold().strip() in PUBLISHED_PASSPHRASES
    else:
        published = isinstance(unlock, UnlockKey) and unlock.key in PUBLISHED_KEYS
    if published:
        raise WeakUnlock("This passphrase or key stands in a public file: choose another")


def read_unlock_key(path: Path) -> UnlockKey:
    """The server's key file: 64 hexadecimal digits, ours, and closed to everybody else.

    Raises WrongUnlock with one plain line.
    """
    try:
        # Not blocking: somebody may have put a pipe there.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise WrongUnlock(f"The unlock key file cannot be read: {error.strerror}") from None
    try:
        _refuse_open_file(os.fstat(descriptor))
        return parse_unlock_key(os.read(descriptor, 200).decode("ascii", "replace"))
    finally:
        os.close(descriptor)


def unlock_key_from_environment(environ: Mapping[str, str], name: str) -> UnlockKey:
    """A key in an environment variable, with a warning; raises WrongUnlock if it is not there."""
    _log.warning("%s holds the unlock key: a file that only we can read is safer", name)
    return parse_unlock_key(environ.get(name, ""))


def parse_unlock_key(text: str) -> UnlockKey:
    """Raises WrongUnlock unless the text is 64 hexadecimal digits."""
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_SIZE:
        raise WrongUnlock(f"An unlock key is {KEY_SIZE * 2} hexadecimal digits")
    return UnlockKey(key)


def _refuse_open_file(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
        raise WrongUnlock("The unlock key file must be a plain file that we own")
    if stat.S_IMODE(status.st_mode) not in {0o400, 0o600}:
        raise WrongUnlock("The unlock key file must have mode 0400 or 0600")


def _stretch(text: str, salt: bytes, stretching: Stretching) -> bytes:
    return hash_secret_raw(
        _normalised(text).encode("utf-8", "surrogatepass"),
        salt,
        time_cost=stretching.passes,
        memory_cost=stretching.memory_kib,
        parallelism=stretching.lanes,
        hash_len=KEY_SIZE,
        type=Type.ID,
    )


def _normalised(text: str) -> str:
    """The same passphrase from another keyboard is the same passphrase."""
    return unicodedata.normalize("NFKC", text)
