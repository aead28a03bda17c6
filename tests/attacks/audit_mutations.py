"""Ways to tamper with a stored audit by SQL, as somebody who holds the database would."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import Executable

from caseapp.audit.chain import SIGNED_FIELDS
from caseapp.audit.models import AuditEntry

ENTRIES: Any = AuditEntry.__table__
STRANGER = UUID("5fca44f8-3cb6-4c3f-8b1e-0e1a2f9d7c11")
WRONG_KEYS = (b"", b"\x00" * 32, b"caseapp", hashlib.sha256(b"caseapp").digest())

Entry = dict[str, Any]
Chains = dict[UUID, list[Entry]]


@dataclass(frozen=True)
class Mutation:
    """One act of tampering: what it is, and the statements that do it."""

    what: str
    statements: tuple[Executable, ...]


def stored_chains(session: Session) -> Chains:
    """Every entry as it lies in the database, by chain and number."""
    chains: Chains = {}
    query = select(ENTRIES).order_by(ENTRIES.c.chain_id, ENTRIES.c.number)
    for row in session.execute(query).mappings():
        chains.setdefault(row["chain_id"], []).append(dict(row))
    return chains


def edits(chains: Chains) -> Iterator[Mutation]:
    """Another value in any one column of any one entry."""
    for entry in everything(chains):
        for name, value in other_values(entry).items():
            yield Mutation(f"edit {name} of {place(entry)}", (change(entry, **{name: value}),))


def deletions(chains: Chains) -> Iterator[Mutation]:
    """An entry that somebody would rather not have there."""
    for entry in everything(chains):
        yield Mutation(f"delete {place(entry)}", (remove(entry),))


def closed_gaps(chains: Chains) -> Iterator[Mutation]:
    """An entry taken out, and those behind it numbered anew, so that no number is missing."""
    for chain in chains.values():
        for gone in range(len(chain) - 1):
            renumbered = [change(entry, number=entry["number"] - 1) for entry in chain[gone + 1 :]]
            yield Mutation(
                f"close the gap {place(chain[gone])}", (remove(chain[gone]), *renumbered)
            )


def truncations(chains: Chains) -> Iterator[Mutation]:
    """The last entries gone, or all of a chain."""
    for chain in chains.values():
        for kept in range(len(chain)):
            cut = tuple(remove(entry) for entry in chain[kept:])
            yield Mutation(f"cut {len(cut)} behind {kept} of {short(chain)}", cut)


def insertions(chains: Chains) -> Iterator[Mutation]:
    """A made-up entry at the end of a chain, or a chain that never was."""
    for chain in chains.values():
        last = chain[-1]
        for entry in chain:
            extra = {**entry, "number": last["number"] + 1}
            yield Mutation(f"repeat {place(entry)} at the end", (insert(ENTRIES).values(extra),))
    for entry in everything(chains):
        copy = {**entry, "chain_id": STRANGER, "number": 1}
        yield Mutation(f"begin a chain with {place(entry)}", (insert(ENTRIES).values(copy),))


def exchanges(chains: Chains) -> Iterator[Mutation]:
    """Two neighbours of a chain in the other order, with or without their links."""
    for chain in chains.values():
        for first, second in pairwise(chain):
            numbers = first["number"], second["number"]
            swapped = {**second, "number": numbers[0]}, {**first, "number": numbers[1]}
            kept_links = [{**e, "mac": m["mac"]} for e, m in zip(swapped, chain, strict=False)]
            for how, entries in (("with", swapped), ("without", kept_links)):
                yield Mutation(
                    f"exchange {place(first)} and the next, {how} their links",
                    (remove(first), remove(second), *(insert(ENTRIES).values(e) for e in entries)),
                )


def moves(chains: Chains) -> Iterator[Mutation]:
    """The last entry of one chain taken over into another, where it is less in the way."""
    for source in chains.values():
        for target in chains.values():
            if source is not target:
                moved = {"chain_id": target[-1]["chain_id"], "number": target[-1]["number"] + 1}
                yield Mutation(
                    f"move the end of {short(source)} to {short(target)}",
                    (change(source[-1], **moved),),
                )


def forgeries(chains: Chains) -> Iterator[Mutation]:
    """An entry edited and every link behind it made anew, with a key that is not ours."""
    for chain in chains.values():
        for start in range(len(chain)):
            for key in WRONG_KEYS:
                yield Mutation(
                    f"forge {place(chain[start])} and what follows",
                    tuple(forged(chain, start, key)),
                )


def plants(chains: Chains) -> Iterator[Mutation]:
    """Writes claimed for a row that was never written, in an entry that had none."""
    for entry in everything(chains):
        claim = f'[["note","{STRANGER}",1]]'
        yield Mutation(f"claim a write in {place(entry)}", (change(entry, writes=claim),))


KINDS: dict[str, Callable[[Chains], Iterator[Mutation]]] = {
    "edit": edits,
    "delete": deletions,
    "close a gap": closed_gaps,
    "truncate": truncations,
    "insert": insertions,
    "exchange": exchanges,
    "move": moves,
    "forge": forgeries,
    "plant a write": plants,
}


def other_values(entry: Entry) -> Entry:
    """For each column a value that it could have had, and has not."""
    number = int(entry["number"])
    return {
        "chain_id": UUID(int=entry["chain_id"].int + 1),
        "number": number + 1000,
        "at": "2020-02-02T02:02:02.000000+00:00",
        "kind": "case_opened" if entry["kind"] != "case_opened" else "cases_listed",
        "actor_id": STRANGER,
        "role": "manager" if entry["role"] != "manager" else None,
        "reason": "assigned" if entry["reason"] != "assigned" else None,
        "case_id": STRANGER if entry["case_id"] is None else None,
        "subject_id": STRANGER if entry["subject_id"] is None else None,
        "detail": '{"cases":7}',
        "writes": "[]" if entry["writes"] != "[]" else f'[["case","{STRANGER}",1]]',
        "key_generation": entry["key_generation"] + 1,
        "mac": bytes([entry["mac"][0] ^ 1]) + entry["mac"][1:],
    }


def forged(chain: list[Entry], start: int, key: bytes) -> Iterator[Executable]:
    """The chain from `start` on with links that fit each other, under a key of the attacker's."""
    previous = chain[start - 1]["mac"] if start else b"\x00" * 32
    for position, entry in enumerate(chain[start:]):
        content = {**entry, "actor_id": STRANGER} if position == 0 else entry
        values = [None if content[name] is None else str(content[name]) for name in SIGNED_FIELDS]
        message = previous + json.dumps(values, separators=(",", ":")).encode()
        previous = hmac.digest(key, message, "sha256")
        yield change(entry, actor_id=content["actor_id"], mac=previous)


def everything(chains: Chains) -> Iterator[Entry]:
    for chain in chains.values():
        yield from chain


def change(entry: Entry, **values: Any) -> Executable:
    return update(ENTRIES).where(*is_entry(entry)).values(**values)


def remove(entry: Entry) -> Executable:
    return delete(ENTRIES).where(*is_entry(entry))


def is_entry(entry: Entry) -> tuple[Any, ...]:
    return ENTRIES.c.chain_id == entry["chain_id"], ENTRIES.c.number == entry["number"]


def place(entry: Entry) -> str:
    return f"{str(entry['chain_id'])[:8]} {entry['number']}"


def short(chain: list[Entry]) -> str:
    return str(chain[0]["chain_id"])[:8]
