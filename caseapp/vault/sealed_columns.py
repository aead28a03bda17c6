"""The columns of a sealed row: what waits to be sealed, and what the database may be given."""

from typing import Any

import msgspec
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

from caseapp.vault.sealing import looks_sealed
from caseapp.vault.unshown import Unshown


class Draft(Unshown):
    """A document that was assigned and waits for the flush to seal it."""

    __slots__ = ("document",)

    def __init__(self, document: msgspec.Struct) -> None:
        self.document = document


class SealedBytes(TypeDecorator[bytes]):
    """A column that takes sealed bytes and nothing else."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> bytes | None:
        if value is None or looks_sealed(value):
            return value
        raise TypeError("only sealed bytes are stored in this column")

    def result_processor(self, _dialect: Dialect, _coltype: object) -> Any:
        """Whatever SQL planted here, text or a number, must end as CannotOpen."""
        return _only_bytes


def _only_bytes(value: Any) -> bytes | None:
    if value is None or isinstance(value, bytes):
        return value
    return bytes(value) if isinstance(value, (bytearray, memoryview)) else b""
