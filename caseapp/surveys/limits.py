"""Guessing is slowed down. What was tried is counted in this process's memory alone, under a key
that it made when it started: nobody can read an address from it, and it ends with the process.
"""

import hashlib
import ipaddress
import secrets
from dataclasses import dataclass
from math import ceil
from threading import Lock
from time import monotonic

from flask import current_app

MOST_KEPT = 20_000


@dataclass(frozen=True)
class Allowance:
    """So many at once, then one each `seconds`; what was used is paid back with time."""

    burst: int
    seconds: float


ADDRESS = Allowance(burst=20, seconds=5)  # wrong codes from one address
EVERYBODY = Allowance(burst=500, seconds=0.2)  # wrong codes from all of them together
VISIT = Allowance(burst=120, seconds=1)  # pages sent by whoever holds one code that is right


class Limiter:
    """Counts, and forgets what is paid back."""

    def __init__(self) -> None:
        self.key, self.lock = secrets.token_bytes(32), Lock()
        self.paid_back: dict[bytes, float] = {}

    def spend(self, what: str, allowance: Allowance) -> int:
        """Seconds to wait, or 0 where it was spent."""
        name = hashlib.blake2b(what.encode(), key=self.key, digest_size=16).digest()
        with self.lock:
            moment = monotonic()
            used_until = max(self.paid_back.get(name, 0.0), moment)
            wait = used_until - moment - (allowance.burst - 1) * allowance.seconds
            if wait <= 0:
                self._make_room(moment)
                self.paid_back[name] = used_until + allowance.seconds
        return max(ceil(wait), 0)

    def _make_room(self, moment: float) -> None:
        if len(self.paid_back) >= MOST_KEPT:
            left = {name: until for name, until in self.paid_back.items() if until > moment}
            # Still too many: a flood from many addresses, which the count of all holds.
            self.paid_back = left if len(left) < MOST_KEPT else {}


def install_limiter(app: object) -> None:
    app.extensions["survey_limiter"] = Limiter()  # type: ignore[attr-defined]


def seconds_after_a_wrong_code(address: str) -> int:
    """Count one; the seconds to wait where there were too many, else 0."""
    limiter = _limiter()
    return limiter.spend(f"address {network_of(address)}", ADDRESS) or limiter.spend(
        "everybody", EVERYBODY
    )


def seconds_after_a_page(code: str) -> int:
    """Count one page of a visit; the seconds to wait where there were too many, else 0."""
    return _limiter().spend(f"visit {code}", VISIT)


def network_of(address: str) -> str:
    """An address as it is counted: IPv6 by its /64, since one house has all of those."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    prefix = 64 if parsed.version == 6 else 32
    return str(ipaddress.ip_network(f"{parsed}/{prefix}", strict=False))


def _limiter() -> Limiter:
    limiter: Limiter = current_app.extensions["survey_limiter"]
    return limiter
