"""Random codes that people read aloud and type: recovery codes and start passwords."""

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that looks like something else
GROUP = 4


def random_code(groups: int) -> str:
    """Groups of four letters and digits, 19.8 bits each: "k3fx-9tna-w7bd"."""
    return "-".join(_group() for _ in range(groups))


def _group() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(GROUP))
