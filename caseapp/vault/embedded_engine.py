"""The embedded database: SQLite with the whole file encrypted, for a laptop or a small team.

Each transaction begins IMMEDIATE behind a fair lock, so that nobody meets "database is locked"; a
read snapshot takes none.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, QueuePool, event
from sqlcipher3 import dbapi2

from caseapp.vault.embedded_connection import connect_embedded, plain_words
from caseapp.vault.errors import StoreProblem
from caseapp.vault.unlocking import KEY_SIZE

OLDEST_SQLITE = (3, 51, 3)  # older ones carry a bug that corrupts a WAL when it is reset


def embedded_engine_options(path: Path, key: bytes, *, pool_size: int = 10) -> dict[str, Any]:
    """Keyword arguments for create_engine. `key` is 32 bytes; it shows in no repr and no URL.

    Raises StoreProblem where this machine's SQLite is too old or has no encryption.
    """
    if len(key) != KEY_SIZE:
        raise ValueError(f"the key must be {KEY_SIZE} bytes")
    refuse_old_sqlite()
    return {
        "url": f"sqlite:///{path}",
        "module": dbapi2,
        "creator": lambda: connect_embedded(path, key),
        "poolclass": QueuePool,
        "pool_size": pool_size,
        "max_overflow": pool_size,
        # The connection that was used last has its pages decrypted: in turns, each would throw away
        # what it has because the other wrote, and a page of cases takes half as long again.
        "pool_use_lifo": True,
        "hide_parameters": True,
    }


def install_embedded_rules(engine: Engine) -> None:
    """Begin transactions our way, and say what is wrong with the store in one plain line."""
    event.listen(engine, "begin", _begin)
    event.listen(engine, "handle_error", _say_plainly)


def checkpoint_and_truncate(engine: Engine) -> bool:
    """Move the WAL into the database and cut it to nothing, so that what was erased is gone from
    it too. False where a reader was in the way: try again later."""
    connection = engine.raw_connection()
    try:
        embedded: Any = connection.driver_connection
        busy, _, _ = embedded.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    finally:
        connection.close()


def refuse_old_sqlite(version: tuple[int, ...] = dbapi2.sqlite_version_info) -> None:
    """Raises StoreProblem below OLDEST_SQLITE."""
    if version < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise StoreProblem(f"The embedded engine needs SQLite {oldest} or newer")


def _begin(connection: Connection) -> None:
    embedded: Any = connection.connection.driver_connection
    if connection.get_execution_options().get("read_snapshot"):
        embedded.begin_snapshot()
    else:
        embedded.begin_write()


def _say_plainly(context: ExceptionContext) -> None:
    if isinstance(context.original_exception, dbapi2.Error):
        words = plain_words(context.original_exception)
        if words:
            raise StoreProblem(words) from None
