"""The printed recovery key: groups of four symbols, each with a check symbol of its own.

The 31 symbols leave out 0, 1, I, L and O. 31 is prime, so the weighted check finds every single
wrong symbol, every swap of two in a group, and a group in another's place.
Eight groups hold 31**32 keys, 158 bits.
"""

import secrets

from caseapp.vault.errors import WrongUnlock

SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
GROUPS = 8
GROUP_SIZE = 4


class RecoveryKeySlip(WrongUnlock):
    """A typing slip, told apart from a recovery key of another home."""


def new_recovery_key() -> str:
    """Eight groups of five symbols, joined by hyphens, to be printed and shown once."""
    groups = ("".join(secrets.choice(SYMBOLS) for _ in range(GROUP_SIZE)) for _ in range(GROUPS))
    return "-".join(group + _check(number, group) for number, group in enumerate(groups))


def read_recovery_key(typed: str) -> str:
    """The 32 symbols of what was typed, whatever its case, spaces and hyphens.

    Raises RecoveryKeySlip, which names the group that is wrong.
    """
    symbols = "".join(typed.upper().replace("-", " ").split())
    if len(symbols) != GROUPS * (GROUP_SIZE + 1):
        raise RecoveryKeySlip(
            f"A recovery key has {GROUPS} groups of {GROUP_SIZE + 1} letters and digits"
        )
    groups = [symbols[start : start + 5] for start in range(0, len(symbols), 5)]
    for number, group in enumerate(groups):
        if not set(group) <= set(SYMBOLS) or _check(number, group[:-1]) != group[-1]:
            raise RecoveryKeySlip(f"Group {number + 1} of the recovery key has a typing slip")
    return "".join(group[:-1] for group in groups)


def _check(number: int, group: str) -> str:
    weighted = sum((place + 2) * SYMBOLS.index(symbol) for place, symbol in enumerate(group))
    return SYMBOLS[(weighted + number) % len(SYMBOLS)]
