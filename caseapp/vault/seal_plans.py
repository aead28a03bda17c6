"""What a model's seal covers: worked out once from its declaration, refused where unsound."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic
from uuid import UUID

import msgspec
from sqlalchemy import Column
from sqlalchemy.orm import Mapper

from caseapp.vault.documents import Shape, read_document, write_document
from caseapp.vault.errors import CannotOpen
from caseapp.vault.row_seal import RowSealer
from caseapp.vault.sealing import context_start, open_sealed, seal
from caseapp.vault.unlocked import OwnerCipher

DOCUMENT_NAMES = ("head", "body")
DOCUMENT_COLUMNS = ("sealed_head", "sealed_body")

_plans: dict[type, "SealPlan"] = {}


class DocumentPlan(Generic[Shape]):
    """How one document of a model is sealed and opened."""

    __slots__ = ("_place", "_reader", "column")

    def __init__(self, label: str, name: str, shape: type[Shape]) -> None:
        self._place = context_start(label, name)
        self.column = f"sealed_{name}"
        self._reader = msgspec.json.Decoder(shape)

    def seal(self, owner: OwnerCipher, row_id: UUID, document: msgspec.Struct) -> bytes:
        """Raises TypeError where the document could not be read back."""
        text = write_document(document, self._reader)
        return seal(owner.cipher, owner.generation, text, self._place + row_id.bytes)

    def open(self, owner: OwnerCipher, row_id: UUID, sealed: bytes | None) -> Shape:
        """Raises CannotOpen."""
        if not isinstance(row_id, UUID):
            raise CannotOpen
        text = open_sealed(owner.cipher, owner.generation, sealed, self._place + row_id.bytes)
        return read_document(text, self._reader)


@dataclass(frozen=True)
class SealPlan:
    """What one model seals, under whose key, and the plain columns that its seal binds."""

    label: str
    owner: str
    kind: str
    sealer: RowSealer
    bound: tuple[str, ...]
    defaults: dict[str, Callable[[], Any]]
    documents: dict[str, DocumentPlan[Any]]

    @property
    def has_own_key(self) -> bool:
        return self.owner == "id"


def plan_of(model: type) -> SealPlan:
    """Raises TypeError for a declaration that would leave something unbound or unreadable."""
    plan = _plans.get(model)
    if plan is None:
        plan = _plans[model] = _plan(model)
    return plan


def _plan(model: Any) -> SealPlan:
    mapper: Mapper[Any] = model.__mapper__
    label, owner = _declared(model, "__label__"), _declared(model, "__key_owner__")
    names = _declared(model, "__bound_columns__")
    if owner != "id" and owner not in names:
        raise TypeError(f"{model.__name__}: {owner} names the key, so it must be a bound column")
    columns = {name: mapper.columns[name] for name in names}
    return SealPlan(
        label=label,
        owner=owner,
        kind=_declared(model, "__key_kind__"),
        sealer=RowSealer(label, {name: c.type.python_type for name, c in columns.items()}),
        bound=tuple(names),
        defaults=_defaults(model, {"id": mapper.columns["id"], **columns}),
        documents=_documents(model, label),
    )


def _documents(model: type, label: str) -> dict[str, DocumentPlan[Any]]:
    shapes = {name: getattr(model, name, None) for name in DOCUMENT_NAMES}
    plans = {name: DocumentPlan(label, name, d.shape) for name, d in shapes.items() if d}
    if "head" not in plans:
        raise TypeError(f"{model.__name__} needs a head document")
    return plans


def _defaults(model: type, columns: dict[str, Column[Any]]) -> dict[str, Callable[[], Any]]:
    """Defaults that must be filled in before sealing; the database's own come too late."""
    for name, column in columns.items():
        if column.server_default is not None or column.onupdate or column.server_onupdate:
            raise TypeError(f"{model.__name__}.{name} is bound: the database must not fill it in")
    return {
        name: _default(model, name, column.default)
        for name, column in columns.items()
        if column.default is not None
    }


def _default(model: type, name: str, default: Any) -> Callable[[], Any]:
    if default.is_scalar:
        return lambda: default.arg
    if default.is_callable:
        return lambda: default.arg(None)
    raise TypeError(f"{model.__name__}.{name} is bound: its default must be a value or a function")


def _declared(model: type, name: str) -> Any:
    try:
        return getattr(model, name)
    except AttributeError:
        raise TypeError(f"{model.__name__} must declare {name}") from None
