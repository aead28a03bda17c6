"""The stack of codes: made beforehand, drawn at random, gone once it was used.

A row lies where the keyed hash of its code puts it. A waiting code and a given one are of one size.
"""

import hashlib
import hmac
import secrets
from datetime import date
from typing import Any

import msgspec
from flask import current_app
from sqlalchemy import delete, insert, select, update

from caseapp.database import db, read_snapshot
from caseapp.surveys.facts import Facts
from caseapp.surveys.models import SurveyCode
from caseapp.surveys.padding import open_padded, seal_padded

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
LENGTH = 16
AT_HAND = 200  # fewer than these are never left to draw from
MADE_AT_ONCE = 400
SIZE = 768  # bytes of facts, whatever they are
WAITING, GIVEN = "survey code that waits", "survey code"

CODES: Any = SurveyCode.__table__


class Waiting(msgspec.Struct, frozen=True):
    """A code that nobody has yet."""

    code: str


def give(facts: Facts, number: int, expires: date) -> list[str]:
    """Draw codes at random and put the facts in. Raises ValueError for more facts than fit."""
    codes: list[str] = []
    while len(codes) < number:
        hashes = _drawn(number - len(codes))
        codes += [code for each in hashes if (code := _give_one(each, facts, expires))]
    return codes


def look_up(code: str) -> tuple[Facts, str] | None:
    """The facts and the day (ISO) on which it ends; None for a code that was not given, or is gone.

    Raises CannotOpen for a row that was changed.
    """
    with read_snapshot() as session:
        wanted = select(CODES).where(CODES.c.code_hash == _hash(code), CODES.c.expires.is_not(None))
        row = session.execute(wanted).first()
    return (open_padded(GIVEN, row.content, Facts, code), row.expires) if row else None


def take_away(code: str) -> bool:
    """Delete a given code; False where it is gone already."""
    gone = delete(CODES).where(CODES.c.code_hash == _hash(code), CODES.c.expires.is_not(None))
    return bool(db.session.execute(gone).rowcount)  # type: ignore[attr-defined]


def sweep(before: date) -> None:
    """Delete what ended before a day and can be told to be expired no longer."""
    db.session.execute(delete(CODES).where(CODES.c.expires < before.isoformat()))


def _drawn(number: int) -> list[bytes]:
    waiting = list(db.session.scalars(select(CODES.c.code_hash).where(CODES.c.expires.is_(None))))
    if len(waiting) < number + AT_HAND:
        waiting += _make(number + MADE_AT_ONCE)
    return secrets.SystemRandom().sample(waiting, number)


def _make(number: int) -> list[bytes]:
    """Put new codes on the stack, in the order of their hashes, which is no order of making."""
    new = {_hash(code): code for code in map(_new, range(number))}
    rows = [
        {"code_hash": key, "expires": None, "content": seal_padded(WAITING, Waiting(code), SIZE)}
        for key, code in sorted(new.items())
    ]
    db.session.execute(insert(CODES), rows)
    return list(new)


def _give_one(code_hash: bytes, facts: Facts, expires: date) -> str | None:
    """None where somebody else drew the same one this moment."""
    is_it = CODES.c.code_hash == code_hash, CODES.c.expires.is_(None)
    row = db.session.execute(select(CODES.c.content).where(*is_it).with_for_update()).first()
    if row is None:
        return None
    code = open_padded(WAITING, row.content, Waiting).code
    given = {"expires": expires.isoformat(), "content": seal_padded(GIVEN, facts, SIZE, code)}
    db.session.execute(update(CODES).where(*is_it).values(given))
    return code


def _new(_number: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def _hash(code: str) -> bytes:
    key = current_app.extensions["vault"].derive("survey codes")
    return hmac.digest(key, code.encode(), hashlib.sha256)
