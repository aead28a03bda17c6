"""Guesses are slowed down, never locked out: what was tried is counted before it is checked."""

import ipaddress
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Insert, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from caseapp.accounts import rules
from caseapp.accounts.models import UsedTries
from caseapp.clock import now
from caseapp.database import db
from caseapp.vault.keyring import Vault

Tries = Mapping[bytes, rules.Allowance]


def tries_at_password(vault: Vault, email: str, address: str, device: str | None) -> Tries:
    """What a guess at a password uses up; the same whether or not there is such an account."""
    account = email.strip().casefold()
    if device is not None:
        return {_key(vault, "device", account, device): rules.KNOWN_DEVICE}
    network = network_of(address)
    return {
        _key(vault, "account", account): rules.ACCOUNT,
        _key(vault, "place", account, network): rules.ACCOUNT_AT_ADDRESS,
        _key(vault, "network", network): rules.ADDRESS,
    }


def tries_at_code(vault: Vault, user_id: UUID, device: str | None) -> Tries:
    """What a guess at a one-time code uses up."""
    return {_key(vault, "code", str(user_id), device or "new"): rules.CODE}


def spend(tries: Tries) -> int:
    """Seconds to wait before this may be tried; 0 means go on: the try is spent.

    Commit before checking the guess, so that many at once cannot share one try.
    """
    moment = int(now().timestamp())
    used = _locked(tries)
    wait = max(tries[key].wait(used[key], moment) for key in tries)
    if wait == 0:
        for key, allowance in tries.items():
            _set(key, allowance.take(used[key], moment))
    return wait


def give_back(tries: Tries) -> None:
    """It was no guess: whoever tried knew the answer."""
    used = _locked(tries)
    for key, allowance in tries.items():
        _set(key, used[key] - allowance.seconds)


def sweep_tries() -> None:
    """Delete what is paid back."""
    moment = int(now().timestamp())
    db.session.execute(delete(UsedTries).where(UsedTries.paid_back_at < moment))


def network_of(address: str) -> str:
    """An address as it is guarded: IPv6 by its /64, since one house has all of those."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    prefix = 64 if parsed.version == 6 else 32
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False))


def _key(vault: Vault, *parts: str) -> bytes:
    """In hexadecimal, since tokens pass over dots and colons, and 10.1.1.1 is not 101.1.1."""
    return vault.blind_token("tries", *(part.encode().hex() for part in parts))


def _locked(tries: Tries) -> dict[bytes, int]:
    """The present counts, held against others until the end of the transaction."""
    keys = sorted(tries)
    db.session.execute(_insert_missing(), [{"key": key, "paid_back_at": 0} for key in keys])
    rows = db.session.execute(
        select(UsedTries.key, UsedTries.paid_back_at)
        .where(UsedTries.key.in_(keys))
        .order_by(UsedTries.key)
        .with_for_update()
    )
    return dict.fromkeys(keys, 0) | {bytes(row.key): row.paid_back_at for row in rows}


def _insert_missing() -> Insert:
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement: Insert = dialect.insert(UsedTries.__table__).on_conflict_do_nothing()
    return statement


def _set(key: bytes, paid_back_at: int) -> None:
    db.session.execute(
        update(UsedTries).where(UsedTries.key == key).values(paid_back_at=paid_back_at)
    )
