"""Appending to the chain: in the transaction of the change or the read, or not at all."""

import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, event, func, insert, select
from sqlalchemy.orm import Session

from caseapp.access.actors import Actor
from caseapp.access.policy import Reason
from caseapp.audit.heads import Head
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.clock import now
from caseapp.database import VaultSession, db
from caseapp.vault.unlocked import Vault

HOUSE = UUID(int=0)  # the chain of what belongs to no team
OWED = "cases_opened_for_a_list"
START = b"\x00" * 32

SIGNED_FIELDS = (
    "chain_id", "number", "at", "kind", "actor_id", "role", "reason", "case_id", "subject_id",
    "detail", "writes", "key_generation",
)  # fmt: skip

_compact = json.JSONEncoder(separators=(",", ":")).encode


ENTRIES = AuditEntry.__table__
NEW_ENTRIES = insert(ENTRIES)  # type: ignore[arg-type]
LAST_LINK = (
    select(ENTRIES.c.number, ENTRIES.c.mac)
    .where(ENTRIES.c.chain_id == bindparam("chain_id"))
    .order_by(ENTRIES.c.number.desc())
    .limit(1)
)


class Unaudited(Exception):
    """Sealed rows were about to be committed, or a list of cases shown, without a word in the
    audit."""


@dataclass
class Pending:
    """What this transaction will append when it commits."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)


def record(
    kind: Kind,
    *,
    actor: Actor | None,
    team_id: UUID | None = None,
    case_id: UUID | None = None,
    subject_id: UUID | None = None,
    reason: Reason | None = None,
    detail: Mapping[str, str | int] | None = None,
) -> None:
    """Note one act for the current transaction, with the sealed rows written since the last.

    `detail` holds codes and counts only. Nothing is stored unless the transaction commits.
    """
    db.session.flush()
    db.session().info.pop(OWED, None)
    _pending(db.session()).entries.append(
        {
            "chain_id": team_id or HOUSE,
            "at": now().isoformat(timespec="microseconds"),
            "kind": kind.value,
            "actor_id": actor.user_id if actor else None,
            "role": actor.role.value if actor else None,
            "reason": reason.value if reason else None,
            "case_id": case_id,
            "subject_id": subject_id,
            "detail": json.dumps(dict(detail or {}), sort_keys=True, separators=(",", ":")),
            "writes": _drain_writes(db.session()),
        }
    )


def owe_a_note(session: Session) -> None:
    """Called where cases are opened by no door, for a list: without an entry after it in the same
    transaction the commit fails, and with it the request, before anything is sent."""
    session.info[OWED] = True


def sign(vault: Vault, previous: bytes, entry: Mapping[str, Any]) -> bytes:
    """The keyed link from one entry to the next: 32 bytes."""
    values = [None if entry[name] is None else str(entry[name]) for name in SIGNED_FIELDS]
    message = previous + _compact(values).encode()
    return hmac.digest(vault.audit_key(entry["key_generation"]), message, hashlib.sha256)


def _drain_writes(session: Session) -> str:
    writes = session.info.get("sealed_writes") or []
    text = json.dumps(
        [[label, str(row_id), revision] for label, row_id, revision in writes],
        separators=(",", ":"),
    )
    writes.clear()
    return text


def _pending(session: Session) -> Pending:
    pending: Pending = session.info.setdefault("audit_pending", Pending())
    return pending


@event.listens_for(VaultSession, "before_commit")
def _append_before_commit(session: Session) -> None:
    session.flush()
    if session.info.get("sealed_writes"):
        raise Unaudited("a sealed row was written without an audit entry; nothing was saved")
    if session.info.get(OWED):
        raise Unaudited("cases were opened for a list without an audit entry; nothing is shown")
    pending = _pending(session)
    by_chain: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for entry in pending.entries:
        by_chain[entry["chain_id"]].append(entry)
    for chain_id in sorted(by_chain):
        pending.heads.append(_append(session, chain_id, by_chain[chain_id]))


def _append(session: Session, chain_id: UUID, entries: Iterable[dict[str, Any]]) -> Head:
    vault: Vault = session.info["vault"]
    number, mac = _last_link(session, chain_id)
    rows = []
    for entry in entries:
        number += 1
        entry |= {"number": number, "key_generation": vault.audit_generation}
        mac = sign(vault, mac, entry)
        rows.append({**entry, "mac": mac})
    session.connection().execute(NEW_ENTRIES, rows)
    return Head(chain_id, number, mac)


def _last_link(session: Session, chain_id: UUID) -> tuple[int, bytes]:
    """The end of a chain; on PostgreSQL nobody else can append to it until we commit."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(chain_id.int % 2**63)))
    last = session.connection().execute(LAST_LINK, {"chain_id": chain_id}).first()
    return (last.number, bytes(last.mac)) if last else (0, START)


@event.listens_for(VaultSession, "after_commit")
def _write_heads(session: Session) -> None:
    pending: Pending | None = session.info.pop("audit_pending", None)
    if pending and pending.heads:
        session.info["audit_heads"].append(session.info["vault"], pending.heads)


@event.listens_for(VaultSession, "after_soft_rollback")
def _forget(session: Session, _previous: object) -> None:
    session.info.pop("audit_pending", None)
    session.info.pop(OWED, None)
    session.info["sealed_writes"] = []
