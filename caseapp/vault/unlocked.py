"""The vault: a keyring that has been unlocked, for as long as the process lives."""

import hashlib
import hmac
import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseapp.vault.errors import CannotOpen
from caseapp.vault.folding import fold_letters
from caseapp.vault.keyring_file import Contents, open_contents, read_keyring
from caseapp.vault.sealing import context, length_prefixed, open_sealed, seal
from caseapp.vault.unlocking import hkdf
from caseapp.vault.unshown import Unshown

CIPHERS_KEPT = 4096  # 2.3 kB each
TOKEN_SIZE = 8


class OwnerCipher(NamedTuple):
    """The key of one case, person or user, ready to use."""

    generation: int
    cipher: AESGCM


class Vault(Unshown):
    """Every key that this process may use. Threads share one."""

    __slots__ = ("_ciphers", "_contents", "_lock", "_path", "_root", "_token_keys")

    def __init__(self, path: Path, root: bytes, contents: Contents) -> None:
        self._path, self._root, self._contents = path, root, contents
        self._ciphers: OrderedDict[UUID, OwnerCipher] = OrderedDict()
        self._token_keys: dict[str, bytes] = {}
        self._lock = threading.Lock()

    @property
    def root(self) -> bytes:
        """The root key, for the keyring module alone."""
        return self._root

    def derive(self, purpose: str, length: int = 32) -> bytes:
        """A key for one purpose, the same for the life of the keyring."""
        return hkdf(self._root, f"purpose {purpose}", length=length)

    @property
    def audit_generation(self) -> int:
        return max(self._contents.audit)

    def audit_key(self, generation: int) -> bytes:
        """Raises CannotOpen for a generation that this keyring does not hold."""
        return _numbered(self._contents.audit, generation)

    @property
    def row_seal_generation(self) -> int:
        return max(self._contents.row_seal)

    def row_seal_key(self, generation: int) -> bytes:
        """Raises CannotOpen for a generation that this keyring does not hold."""
        return _numbered(self._contents.row_seal, generation)

    def stream_key(self, file_id: UUID) -> bytes:
        """The key of one file that belongs to no case. Files of a case carry a random key in a
        sealed document, so that erasing the case's key erases them too."""
        return hkdf(self._root, f"stream {file_id}")

    def blind_token(self, field: str, *parts: str) -> bytes:
        """Eight bytes that are equal for equal facts and tell nothing without the key.

        Only for near-unique compounds (surname and date of birth, phone, email): a token of a
        surname alone could be guessed from its frequency. Raises ValueError where all is empty.
        """
        folded = [fold_letters(part).encode() for part in parts]
        if not any(folded):
            raise ValueError("an empty fact has no token")
        message = b"".join(length_prefixed(part) for part in folded)
        return hmac.digest(self._token_key(field), message, hashlib.sha256)[:TOKEN_SIZE]

    @property
    def epoch(self) -> int:
        """The epoch under which new owner keys are wrapped."""
        return max(self._contents.epochs)

    @property
    def epochs(self) -> tuple[int, ...]:
        return tuple(sorted(self._contents.epochs))

    def wrap_owner_key(
        self, owner_id: UUID, kind: str, generation: int, epoch: int, key: bytes
    ) -> bytes:
        """Wrapped under an epoch, which the wrapping names."""
        wrapping = AESGCM(_numbered(self._contents.epochs, epoch))
        return seal(wrapping, epoch, key, _owner_key_place(owner_id, kind, generation))

    def unwrap_owner_key(
        self, owner_id: UUID, kind: str, generation: int, epoch: int, wrapped: bytes
    ) -> bytes:
        """Raises CannotOpen. An epoch that another process opened is read from the file first."""
        if epoch > self.epoch:
            self.reload()
        wrapping = AESGCM(_numbered(self._contents.epochs, epoch))
        return open_sealed(wrapping, epoch, wrapped, _owner_key_place(owner_id, kind, generation))

    def reload(self) -> None:
        """Take over what another process wrote to the keyring file.

        Raises KeyringMissing or KeyringDamaged and goes on with the keys it has.
        """
        self.adopt(open_contents(self._root, read_keyring(self._path)))

    def adopt(self, contents: Contents) -> None:
        self._contents = contents

    def cipher_of(self, owner_id: UUID) -> OwnerCipher | None:
        """From the bounded cache; None where it must be read from the database first."""
        cipher = self._ciphers.get(owner_id)
        # Order matters only when the cache may soon be full.
        if cipher is not None and len(self._ciphers) > CIPHERS_KEPT // 2:
            self.keep_cipher(owner_id, cipher)
        return cipher

    def ciphers_of(self, owner_ids: Iterable[UUID]) -> dict[UUID, OwnerCipher]:
        """Those of the cache, for a list: asked and put in their order at once."""
        known = self._ciphers
        found = {each: cipher for each in owner_ids if (cipher := known.get(each)) is not None}
        if len(known) > CIPHERS_KEPT // 2:
            with self._lock:
                for owner_id in found.keys() & known.keys():
                    known.move_to_end(owner_id)
        return found

    def keep_cipher(self, owner_id: UUID, cipher: OwnerCipher) -> None:
        with self._lock:
            self._ciphers[owner_id] = cipher
            self._ciphers.move_to_end(owner_id)
            while len(self._ciphers) > CIPHERS_KEPT:
                self._ciphers.popitem(last=False)

    def drop_ciphers(self, owner_ids: Iterable[UUID]) -> None:
        with self._lock:
            for owner_id in owner_ids:
                self._ciphers.pop(owner_id, None)

    def _token_key(self, field: str) -> bytes:
        key = self._token_keys.get(field)
        if key is None:
            index = self._contents.index[max(self._contents.index)]
            key = self._token_keys[field] = hkdf(index, f"blind token {field}")
        return key


def _numbered(keys: dict[int, bytes], number: int) -> bytes:
    try:
        return keys[number]
    except KeyError:
        raise CannotOpen from None


def _owner_key_place(owner_id: UUID, kind: str, generation: int) -> bytes:
    return context("owner key", f"{kind} {generation}", owner_id)
