"""What is done to the directory: each change with its entry in the audit."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import msgspec

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import today
from caseapp.database import db
from caseapp.directory.entries import Entry, entry_of, in_order, merged, write_entry
from caseapp.directory.models import DirectoryImport, Service
from caseapp.directory.queries import services_by_id

_entries = msgspec.json.Decoder(tuple[Entry, ...])


class DirectoryHasChanged(Exception):
    """Somebody changed a service between the preview and the word to go on."""


@dataclass(frozen=True)
class Preview:
    """What an import would do; a service that is closed by it is counted there alone."""

    new: tuple[Entry, ...]
    changed: tuple[tuple[Entry, Entry], ...]  # as it is, as it would be
    closed: tuple[Entry, ...]
    unchanged: int


def add_service(entry: Entry, by: Actor) -> Service:
    service = Service(id=entry.id, source="")
    write_entry(service, entry)
    db.session.add(service)
    _note(by, service.id, "added")
    return service


def change_service(service: Service, entry: Entry, by: Actor) -> None:
    """Raises StaleDataError where somebody saved it in between."""
    write_entry(service, entry)
    service.revision += 1
    _note(by, service.id, "changed")


def check_service(service: Service, by: Actor) -> None:
    """Somebody has asked the service, and all of it is right as of today."""
    service.last_checked_on = today()
    service.revision += 1
    _note(by, service.id, "checked")


def close_service(service: Service, by: Actor, *, is_open: bool) -> None:
    """Close it, or open it again. It stays, since old referrals name it."""
    service.is_open = is_open
    service.revision += 1
    _note(by, service.id, "opened" if is_open else "closed")


def keep_import(
    import_id: UUID, source: str, entries: Sequence[Entry], by: Actor
) -> DirectoryImport:
    """What was read, until somebody has looked at the preview."""
    kept = DirectoryImport(
        id=import_id,
        source=source,
        asked_by=by.user_id,
        asked_on=today(),
        entries=msgspec.json.encode(entries),
        seen=_state_of(services_by_id([entry.id for entry in entries])),
    )
    db.session.add(kept)
    _note(by, kept.id, "read", services=len(entries))
    return kept


def preview_of(kept: DirectoryImport) -> Preview:
    entries = _entries.decode(kept.entries)
    known = services_by_id([entry.id for entry in entries])
    new = tuple(entry for entry in entries if entry.id not in known)
    ours = [(entry_of(known[entry.id]), entry) for entry in entries if entry.id in known]
    pairs = [(in_order(mine), in_order(merged(mine, entry))) for mine, entry in ours]
    touched = [pair for pair in pairs if pair[0] != pair[1]]
    closed = tuple(after for mine, after in touched if _closes(mine, after))
    changed = tuple(pair for pair in touched if not _closes(*pair))
    return Preview(new, changed, closed, len(pairs) - len(touched))


def carry_out(kept: DirectoryImport, by: Actor) -> Preview:
    """All of it in this transaction, or nothing. Raises DirectoryHasChanged."""
    preview = preview_of(kept)
    entries = _entries.decode(kept.entries)
    known = services_by_id([entry.id for entry in entries])
    if _state_of(known) != kept.seen:
        raise DirectoryHasChanged
    for entry in preview.new:
        service = Service(id=entry.id, source=kept.source)
        write_entry(service, entry)
        db.session.add(service)
    for entry in (*(after for _, after in preview.changed), *preview.closed):
        write_entry(known[entry.id], entry)
        known[entry.id].revision += 1
    kept.is_done, kept.entries = True, b"[]"
    kept.revision += 1
    _note(
        by,
        kept.id,
        "imported",
        new=len(preview.new),
        changed=len(preview.changed),
        closed=len(preview.closed),
    )
    return preview


def look_again(kept: DirectoryImport) -> None:
    """The preview is of the directory as it is now."""
    entries = _entries.decode(kept.entries)
    kept.seen = _state_of(services_by_id([entry.id for entry in entries]))
    kept.revision += 1


def _closes(before: Entry, after: Entry) -> bool:
    return before.is_open and not after.is_open


def _state_of(known: dict[UUID, Service]) -> bytes:
    lines = sorted(f"{service.id} {service.revision}" for service in known.values())
    return hashlib.sha256("\n".join(lines).encode()).digest()


def _note(by: Actor, subject_id: UUID, what: str, **counts: int) -> None:
    record(
        Kind.DIRECTORY_CHANGED,
        actor=by,
        subject_id=subject_id,
        reason=decide(by, Permission.KEEP_DIRECTORY),
        detail={"what": what, **counts},
    )
