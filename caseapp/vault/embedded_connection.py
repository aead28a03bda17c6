"""One connection to the embedded database: how it opens, begins, ends, and says what is wrong.

WAL with synchronous=FULL: a commit that was answered survives a power cut.
"""

import os
from collections.abc import Callable
from pathlib import Path

from sqlcipher3 import dbapi2

from caseapp.vault.durable_files import sync_folder
from caseapp.vault.errors import StoreProblem
from caseapp.vault.write_lock import WriteLock

WAIT_SECONDS = 30  # only for what does not take the lock: a checkpoint, a foreign tool
KIB_OF_CACHE = 4096

_CIPHER_VERSION = "PRAGMA cipher_version"
_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    f"cache_size = -{KIB_OF_CACHE}",
)

_PLAIN_WORDS = {
    "database or disk is full": "The disk is full: nothing was stored",
    "file is not a database": "The database does not open with this key, or it is damaged",
    "disk image is malformed": "The database is damaged: restore it from a backup",
    "disk i/o error": "The disk could not be read or written: nothing was stored",
    "readonly database": "The database cannot be written: it is open for reading only",
    "unable to open database file": "The database file cannot be opened",
}


class EmbeddedConnection(dbapi2.Connection):  # type: ignore[misc]
    """A connection that lets the write lock go when its transaction is over, and not before."""

    write_lock: WriteLock
    is_snapshot = False

    def begin_write(self) -> None:
        """Raises StoreProblem."""
        self.write_lock.acquire()
        try:
            self.execute("BEGIN IMMEDIATE")
        except BaseException as error:
            self.write_lock.release()
            if isinstance(error, dbapi2.Error):
                raise _in_plain_words(error) from None
            raise

    def begin_snapshot(self) -> None:
        """A read that sees one moment, however long it takes, and cannot write."""
        self.is_snapshot = True
        self.execute("PRAGMA query_only = ON")
        self.execute("BEGIN")

    def commit(self) -> None:
        self._end(super().commit)

    def rollback(self) -> None:
        self._end(super().rollback)

    def close(self) -> None:
        super().close()
        self.write_lock.close()

    def _end(self, end: Callable[[], None]) -> None:
        try:
            end()
        finally:
            # A commit that failed leaves the transaction, and the lock, to the rollback.
            if not self.in_transaction:
                self._let_go()

    def _let_go(self) -> None:
        if self.is_snapshot:
            self.is_snapshot = False
            self.execute("PRAGMA query_only = OFF")
        self.write_lock.release()


def connect_embedded(path: Path, key: bytes) -> EmbeddedConnection:
    """Open, or make, the encrypted database. Raises StoreProblem."""
    try:
        _make_private(path)
        connection = _connect(path)
        try:
            _unlock(connection, key)
        except BaseException:
            connection.close()
            raise
    except dbapi2.Error as error:
        raise _in_plain_words(error) from None
    except OSError as error:
        raise StoreProblem(f"The database file cannot be opened: {error.strerror}") from None
    return connection


def _make_private(path: Path) -> None:
    """SQLite gives the WAL the mode of the database, which must be ours alone from the start."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return
    os.close(descriptor)
    sync_folder(path.parent)


def _connect(path: Path) -> EmbeddedConnection:
    lock = WriteLock(path.with_name(f"{path.name}-lock"))
    try:
        connection: EmbeddedConnection = dbapi2.connect(
            str(path),
            timeout=WAIT_SECONDS,
            isolation_level=None,  # transactions begin and end where we say
            check_same_thread=False,  # the pool hands a connection to one thread at a time
            factory=EmbeddedConnection,
        )
    except BaseException:
        lock.close()
        raise
    connection.write_lock = lock
    return connection


def _unlock(connection: EmbeddedConnection, key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # our own line says what is wrong
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if connection.execute(_CIPHER_VERSION).fetchone() is None:
        raise StoreProblem("This SQLite cannot encrypt: install sqlcipher3 as locked")
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("SELECT count(*) FROM sqlite_schema")  # a wrong key fails here


def plain_words(error: Exception) -> str | None:
    """What is wrong with the store, in one line; None where nobody knows."""
    text = str(error).casefold()
    return next((words for sign, words in _PLAIN_WORDS.items() if sign in text), None)


def _in_plain_words(error: Exception) -> StoreProblem:
    return StoreProblem(plain_words(error) or "The database cannot be opened just now")
