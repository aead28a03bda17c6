"""Models whose documents are sealed in the database and open when they are read.

Assignment keeps a draft in the mapped attribute, so that history, rollback, expire and merge work
by themselves; the draft is sealed in the flush, when ids and foreign keys are known. The column
type only checks: whatever comes by another way, unsealed, is refused.
"""

from collections.abc import Mapping
from typing import Any, Generic, NoReturn, Self, SupportsIndex, overload
from uuid import UUID

import msgspec
from sqlalchemy import Column
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from caseapp.vault.documents import Shape
from caseapp.vault.owner_keys import key_of
from caseapp.vault.seal_plans import plan_of
from caseapp.vault.sealed_columns import Draft, SealedBytes
from caseapp.vault.sealed_flush import guard_sealed_rows, session_of, vault_of
from caseapp.vault.unlocked import OwnerCipher, Vault


class SealedDocument(Generic[Shape]):
    """A document of a sealed row: `note.head` is the opened struct, assigning it seals anew.

    Structs are frozen; use `msgspec.structs.replace`, and tuples rather than lists, because a
    change inside a list goes unnoticed. Reading raises CannotOpen.
    """

    def __init__(self, shape: type[Shape]) -> None:
        self.shape = shape

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.column, self.remembered = name, f"sealed_{name}", f"_opened_{name}"

    @overload
    def __get__(self, row: None, model: type) -> Self: ...
    @overload
    def __get__(self, row: "SealedRow", model: type) -> Shape: ...
    def __get__(self, row: "SealedRow | None", model: type) -> "Self | Shape":
        if row is None:
            return self
        held = getattr(row, self.column)
        if isinstance(held, Draft):
            return self._as_shape(held.document)
        remembered = row.__dict__.get(self.remembered)
        if remembered is None or remembered[0] is not held:
            # Beside the bytes that it came from: a refresh or rollback makes it stale by itself.
            remembered = row.__dict__[self.remembered] = (held, _open(row, self.name, held))
        return self._as_shape(remembered[1])

    def __set__(self, row: "SealedRow", document: Shape) -> None:
        setattr(row, self.column, Draft(self._as_shape(document)))

    def _as_shape(self, document: msgspec.Struct) -> Shape:
        if not isinstance(document, self.shape):
            raise TypeError(f"{self.name} takes a {self.shape.__name__}")
        return document


class SealedRow:
    """Mix in before Base. Declare `__label__` (in the seal: never renamed), `__key_owner__` (the
    attribute that names whose key seals it, "id" for its own), `__key_kind__` and
    `__bound_columns__` (plain columns that SQL must not change unnoticed)."""

    __label__: str
    __key_owner__: str
    __key_kind__: str
    __bound_columns__: tuple[str, ...]

    sealed_head: Mapped[bytes] = mapped_column(SealedBytes)
    row_seal: Mapped[bytes] = mapped_column(SealedBytes)

    @declared_attr
    @classmethod
    def sealed_body(cls) -> Mapped[bytes | None]:
        return mapped_column(SealedBytes, nullable=not hasattr(cls, "body"))

    def __reduce_ex__(self, _protocol: SupportsIndex) -> NoReturn:
        raise TypeError("a sealed row is never pickled: its opened documents would go with it")


guard_sealed_rows(SealedRow)


def columns_for(model: type[SealedRow], *documents: str) -> list[Column[Any]]:
    """The columns that open_document needs, for a prebuilt Core select."""
    plan = plan_of(model)
    names = ["id", "revision", *plan.bound, "row_seal"]
    names += [plan.documents[name].column for name in documents]
    table: Any = model.__table__  # type: ignore[attr-defined]
    return [table.c[name] for name in names]


def open_document(
    vault: Vault,
    model: type[SealedRow],
    name: str,
    row: Mapping[Any, Any],
    ciphers: Mapping[UUID, OwnerCipher] | None = None,
) -> Any:
    """A document of a row that was read by Core; the row seal is checked first.

    `row` has the columns of columns_for. The owners' keys must have been warmed, or come as what
    warm() returned, which a long export should do: the cache is bounded. Raises CannotOpen, and
    LookupError where the key is not at hand.
    """
    plan = plan_of(model)
    owner_id = row[plan.owner]
    cipher = ciphers.get(owner_id) if ciphers is not None else vault.cipher_of(owner_id)
    if cipher is None:
        raise LookupError("the owner's key is not at hand: warm() it, or it was erased")
    document = plan.documents[name]
    plan.sealer.check(vault, row, (document.column,))
    return document.open(cipher, row["id"], row[document.column])


def _open(row: Any, name: str, sealed: bytes) -> Any:
    plan, session = plan_of(type(row)), session_of(row)
    vault, owner_id = vault_of(session), getattr(row, plan.owner)
    cipher = vault.cipher_of(owner_id) or key_of(session.connection(), vault, owner_id)
    return plan.documents[name].open(cipher, row.id, sealed)
