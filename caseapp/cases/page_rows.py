"""The rows that the page of a case shows, of every room, read in one statement.

One read for each kind took longer than all the rest of the page. What comes back can be read as
the rows themselves can, and not be changed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, bindparam, cast, literal, null, select, union_all

from caseapp.cases.contributions import page_kinds
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.people.models import NeedsFlag, Person
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import open_document
from caseapp.vault.unlocked import OwnerCipher, Vault
from caseapp.vault.unshown import Unshown

DOCUMENTS = ("head", "body")
WHICH = "which_kind"  # a place in the list of kinds


class PageRow(Unshown):
    """A row as it is stored. Its documents are opened when they are asked for, by the same check
    of its seal as everywhere, and its model says what is worked out of them."""

    def __init__(
        self, model: Any, row: Mapping[Any, Any], vault: Vault, ciphers: Mapping[UUID, OwnerCipher]
    ) -> None:
        self._model, self._row, self._vault, self._ciphers = model, row, vault, ciphers

    def __getattr__(self, name: str) -> Any:
        if name in DOCUMENTS:
            value = open_document(self._vault, self._model, name, self._row, self._ciphers)
        elif name in _names(self._model):
            value = self._row[name]
        else:
            value = getattr(self._model, name).fget(self)
        self.__dict__[name] = value
        return value


def read_page_rows(case: Case) -> dict[Any, list[Any]]:
    """By their models: the person, their flags, and each kind that a room has registered. Raises
    CannotOpen when one is read that was tampered with."""
    kinds = (Person, NeedsFlag, *page_kinds)
    found: dict[Any, list[Any]] = {model: [] for model in kinds}
    connection, vault = db.session.connection(), current_app.extensions["vault"]
    ciphers = warm(connection, vault, [case.id, case.person_id])
    whose = {"case_id": case.id, "person_id": case.person_id}
    for row in connection.execute(_rows_of(kinds), whose).mappings():
        model = kinds[row[WHICH]]
        found[model].append(PageRow(model, row, vault, ciphers))
    return found


@cache
def _rows_of(kinds: tuple[Any, ...]) -> Any:
    """Every kind has its own columns: where another has one that it lacks, it gives nothing."""
    types = _types(kinds)
    return union_all(*(_select(number, model, types) for number, model in enumerate(kinds)))


def _select(number: int, model: Any, types: Mapping[str, Any]) -> Select[Any]:
    table = model.__table__
    columns = (
        table.c[name] if name in table.c else cast(null(), type_).label(name)
        for name, type_ in types.items()
    )
    whose = {Person: "person_id", NeedsFlag: "person_id"}.get(model, "case_id")
    owner = table.c.id if model is Person else table.c[whose]
    mine = owner == bindparam(whose, type_=owner.type)
    return select(literal(number).label(WHICH), *columns).where(mine)


def _types(kinds: tuple[Any, ...]) -> dict[str, Any]:
    """The type of each column, by its name: two kinds that differ in it cannot be read together."""
    known: dict[str, set[str]] = defaultdict(set)
    types = {}
    for name, type_ in _columns(kinds):
        known[name].add(type(type_).__name__)
        types[name] = type_
    torn = sorted(name for name, of in known.items() if len(of) > 1)
    if torn:
        raise TypeError(f"columns of one name and two types: {', '.join(torn)}")
    return types


@cache
def _names(model: Any) -> frozenset[str]:
    return frozenset(model.__table__.c.keys())


def _columns(kinds: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    return ((column.name, column.type) for model in kinds for column in model.__table__.c)
