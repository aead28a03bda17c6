"""A process of its own for the tests: counts in the embedded store, or rotates keys in it.

python -m tests.unit.vault.store_worker count|rotate FOLDER [TIMES]
"""

import os
import sys
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, text

from caseapp.vault.embedded_engine import embedded_engine_options, install_embedded_rules
from caseapp.vault.keyring import UnlockKey, open_keyring
from caseapp.vault.rotation import rotate

STORE_KEY = bytes(range(32, 64))
UNLOCK = UnlockKey(bytes.fromhex("00112233445566778899aabbccddeeff" * 2))


def open_store(folder: Path) -> Engine:
    engine = create_engine(**embedded_engine_options(folder / "store.db", STORE_KEY))
    install_embedded_rules(engine)
    return engine


def number_in(store: Engine) -> int:
    with store.begin() as connection:
        return int(connection.scalar(text("SELECT number FROM counter")) or 0)


def set_number(connection: Connection, number: int) -> None:
    connection.execute(text("UPDATE counter SET number = :number"), {"number": number})


def count(engine: Engine, times: int) -> None:
    """Read, then write what was read and one more: a lost update shows in the sum."""
    for _ in range(times):
        with engine.begin() as connection:
            number = connection.scalar(text("SELECT number FROM counter")) or 0
            connection.execute(text("UPDATE counter SET number = :n"), {"n": number + 1})


def rotate_and_say(folder: Path) -> None:
    """Print each batch as it is committed, so that a test can kill us after a certain one."""
    path = folder / "keyring.json"
    vault = open_keyring(path, UNLOCK)

    def say(done: int, of_all: int) -> None:
        os.write(1, f"{done}/{of_all}\n".encode())
        sys.stdin.buffer.read(1)  # wait to be killed, or to be told to go on

    rotate(path, open_store(folder).begin, vault, say)


if __name__ == "__main__":
    if sys.argv[1] == "count":
        count(open_store(Path(sys.argv[2])), int(sys.argv[3]))
    else:
        rotate_and_say(Path(sys.argv[2]))
