"""Seals rows as they are written, checks them as they are loaded, refuses every other way in."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event, inspect
from sqlalchemy.orm import (
    LoaderCallableStatus,
    Mapper,
    ORMExecuteState,
    QueryContext,
    Session,
    object_session,
)

from caseapp.vault.owner_keys import ensure_key, key_of
from caseapp.vault.row_seal import stored_tag, tag_of
from caseapp.vault.seal_plans import DOCUMENT_COLUMNS, SealPlan, plan_of
from caseapp.vault.unlocked import OwnerCipher, Vault


def guard_sealed_rows(mixin: type) -> None:
    """Listen to every model that has this mixin, and to every session that could go round it."""
    event.listen(mixin, "mapper_configured", _watch_bound_columns, propagate=True)
    event.listen(mixin, "before_insert", _seal_new_row, propagate=True)
    event.listen(mixin, "before_update", _seal_changed_row, propagate=True)
    event.listen(mixin, "before_delete", _note_deletion, propagate=True)
    event.listen(mixin, "load", _check_loaded, propagate=True)
    event.listen(mixin, "refresh", _check_refreshed, propagate=True)
    event.listen(Session, "do_orm_execute", _refuse_bulk_writes)


def session_of(row: object) -> Session:
    """Raises RuntimeError for a row that is in no session: nothing could open it."""
    session = object_session(row)
    if session is None:
        raise RuntimeError("a sealed row can be opened in its session alone")
    return session


def vault_of(session: Session) -> Vault:
    """The vault that the session carries; raises RuntimeError where there is none."""
    vault = session.info.get("vault")
    if not isinstance(vault, Vault):
        raise RuntimeError("a sealed row needs a session with a vault in its info")
    return vault


def _watch_bound_columns(_mapper: Mapper[Any], model: type) -> None:
    """A value of the wrong kind is refused where it is assigned. And the old value is loaded
    first (active_history): the seal of an expired row could not be checked afterwards."""
    for name in plan_of(model).bound:
        event.listen(getattr(model, name), "set", _kind_check(model, name), active_history=True)


def _kind_check(model: type, name: str) -> Callable[[Any, Any, Any, Any], None]:
    sealer = plan_of(model).sealer
    return lambda _row, value, _old, _by: sealer.check_kind(name, value)


def _seal_new_row(_mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    plan, vault = plan_of(type(row)), vault_of(session_of(row))
    for name in ("id", *plan.bound):
        # Set even to None: the row must not be left with a part of its seal to be loaded later.
        if row.__dict__.get(name) is None:
            setattr(row, name, plan.defaults.get(name, _none)())
    row.revision = 1
    if plan.has_own_key:
        owner = ensure_key(connection, vault, row.id, plan.kind)
    else:
        owner = key_of(connection, vault, getattr(row, plan.owner))
    _seal_row(row, plan, vault, owner, set(plan.documents))


def _none() -> None:
    """The default of a column that has none."""


def _seal_changed_row(_mapper: Mapper[Any], connection: Connection, row: Any) -> None:
    session = session_of(row)
    if not session.is_modified(row, include_collections=False):
        return
    plan, vault, state = plan_of(type(row)), vault_of(session), inspect(row)
    if state.attrs[plan.owner].history.deleted:
        raise TypeError("a sealed row stays with its key's owner: write a new row instead")
    row.revision = state.committed_state.get("revision", row.revision) + 1
    changed = {
        name
        for name, document in plan.documents.items()
        if state.attrs[document.column].history.has_changes()
    }
    owner = key_of(connection, vault, getattr(row, plan.owner))
    _seal_row(row, plan, vault, owner, changed)


def _seal_row(
    row: Any, plan: SealPlan, vault: Vault, owner: OwnerCipher, changed: set[str]
) -> None:
    for name in changed:
        document = plan.documents[name]
        if getattr(row, document.column) is None:
            raise TypeError(f"{type(row).__name__}.{name} was never filled in")
        # Bytes that were put in by hand are opened first: what cannot be read is not written.
        content = getattr(row, name)
        setattr(row, document.column, document.seal(owner, row.id, content))
        row.__dict__[f"_opened_{name}"] = (row.__dict__[document.column], content)
    values = {name: getattr(row, name) for name in ("id", "revision", *plan.bound)}
    row.row_seal = plan.sealer.seal(vault, values, _tags(row))
    _note_write(row, plan)


def _tags(row: Any) -> bytes:
    """A document that was not loaded keeps the tag that the old seal holds."""
    is_new = row.row_seal is None
    return b"".join(
        tag_of(getattr(row, column))
        if is_new or column in row.__dict__
        else stored_tag(row.row_seal, column)
        for column in DOCUMENT_COLUMNS
    )


def _note_deletion(_mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
    _note_write(row, plan_of(type(row)))


def _note_write(row: Any, plan: SealPlan) -> None:
    """For the audit, which refuses to commit a sealed write that it has not recorded."""
    session_of(row).info.setdefault("sealed_writes", []).append((plan.label, row.id, row.revision))


def _check_loaded(row: Any, context: QueryContext) -> None:
    _check(row, context.session, row.__dict__)


def _check_refreshed(row: Any, context: QueryContext, _names: Any) -> None:
    pending = inspect(row).committed_state
    stored = {
        name: value for name, value in pending.items() if value is not LoaderCallableStatus.NO_VALUE
    }
    _check(row, context.session, {**row.__dict__, **stored})


def _check(row: Any, session: Session, values: dict[str, Any]) -> None:
    plan = plan_of(type(row))
    if not plan.sealer.names <= values.keys():
        raise TypeError(f"load whole rows of {type(row).__name__}: its seal could not be checked")
    loaded = [column for column in DOCUMENT_COLUMNS if column in values]
    plan.sealer.check(vault_of(session), values, loaded)


def _refuse_bulk_writes(state: ORMExecuteState) -> None:
    """Such a statement would leave rows that are unsealed, or sealed for what they were before."""
    if not (state.is_insert or state.is_update or (state.is_delete and state.is_orm_statement)):
        return
    columns = getattr(getattr(state.statement, "table", None), "c", {})
    if "row_seal" in columns:
        raise TypeError("sealed rows are written one by one, as objects")
