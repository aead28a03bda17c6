"""The row seal: an HMAC over what a row is, so that SQL cannot move, mix or roll back its parts.

`version 1 | suite 1 | key generation 4 | tag of head 16 | tag of body 16 | mac 32`. The tags stand
in the seal so that a list can check a row without fetching its body.
Not found here: a whole older row with its own older seal. The audit compares revisions for that.
"""

import hmac
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from operator import itemgetter
from typing import Any
from uuid import UUID

import msgspec

from caseapp.vault.errors import CannotOpen
from caseapp.vault.sealing import HEADER_SIZE, TAG_SIZE, header, length_prefixed
from caseapp.vault.unlocked import Vault

NO_DOCUMENT = bytes(TAG_SIZE)
_HEAD_TAG = slice(HEADER_SIZE, HEADER_SIZE + TAG_SIZE)
_BODY_TAG = slice(_HEAD_TAG.stop, _HEAD_TAG.stop + TAG_SIZE)
_TAGS_STOP = _BODY_TAG.stop
_SIZE = _TAGS_STOP + 32
_TAG_OF = {"sealed_head": _HEAD_TAG, "sealed_body": _BODY_TAG}

# MessagePack marks each value's kind and length, so no two rows give the same bytes.
_values = msgspec.msgpack.Encoder(uuid_format="bytes")
_BINDABLE = (UUID, str, bool, int, bytes, date, Enum)


class RowSealer:
    """Seals and checks the rows of one model."""

    __slots__ = ("_kinds", "_pick", "_start", "names")

    def __init__(self, label: str, kinds: Mapping[str, type]) -> None:
        """`kinds` are the Python types of the bound columns; raises TypeError for one that the
        database may give back in another form (floats, moments with a time zone)."""
        for name, kind in kinds.items():
            if not issubclass(kind, _BINDABLE) or issubclass(kind, datetime):
                raise TypeError(f"{name}: a {kind.__name__} cannot be bound to a row seal")
        self._start = b"caseapp row seal 1" + length_prefixed(label.encode())
        self._kinds = {"id": UUID, "revision": int, **kinds}
        self._pick = itemgetter(*self._kinds)
        self.names = frozenset((*self._kinds, "row_seal"))

    def check_kind(self, name: str, value: object) -> None:
        """Raises TypeError for a value that would come back from the database as another."""
        kind = self._kinds[name]
        is_cut_short = kind is date and isinstance(value, datetime)
        is_truth_as_number = kind is int and isinstance(value, bool)
        fits = isinstance(value, kind) and not is_cut_short and not is_truth_as_number
        if value is not None and not fits:
            raise TypeError(f"{name} wants a {kind.__name__}, not a {type(value).__name__}")

    def seal(self, vault: Vault, row: Mapping[str, Any], tags: bytes) -> bytes:
        """The seal of a row as it is about to be written; raises TypeError for a wrong kind."""
        for name in self._kinds:
            self.check_kind(name, row[name])
        generation = vault.row_seal_generation
        covered = header(generation) + tags
        return covered + self._mac(vault.row_seal_key(generation), covered, row)

    def check(self, vault: Vault, row: Mapping[Any, Any], documents: Sequence[str]) -> None:
        """Raises CannotOpen unless this row, as it was loaded, is one that the vault sealed.

        `row` has at least `names`; `documents` are the sealed columns to check beside them. One
        that was not loaded is checked when it is.
        """
        seal = row["row_seal"]
        if not isinstance(seal, bytes) or len(seal) != _SIZE:
            raise CannotOpen
        generation = int.from_bytes(seal[2:HEADER_SIZE], "big")
        if seal[:HEADER_SIZE] != header(generation):
            raise CannotOpen
        for name in documents:
            if tag_of(row[name]) != seal[_TAG_OF[name]]:
                raise CannotOpen
        key = vault.row_seal_key(generation)
        try:
            mac = self._mac(key, seal[:_TAGS_STOP], row)
        except (TypeError, ValueError, OverflowError):
            raise CannotOpen from None
        if not hmac.compare_digest(mac, seal[_TAGS_STOP:]):
            raise CannotOpen

    def _mac(self, key: bytes, covered: bytes, row: Mapping[Any, Any]) -> bytes:
        values = _values.encode(self._pick(row))
        return hmac.digest(key, self._start + covered + values, "sha256")


def tag_of(sealed: object) -> bytes:
    """The tag of sealed bytes; of no document, sixteen zeros."""
    if sealed is None:
        return NO_DOCUMENT
    return sealed[-TAG_SIZE:] if isinstance(sealed, bytes) else b""


def stored_tag(row_seal: bytes, column: str) -> bytes:
    """The tag of a document that the seal holds."""
    return row_seal[_TAG_OF[column]]
