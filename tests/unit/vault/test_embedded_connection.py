"""One connection to the embedded database: private, encrypted, set up, or refused in one line."""

import secrets
import stat
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from caseapp.vault import embedded_connection
from caseapp.vault.embedded_engine import embedded_engine_options
from caseapp.vault.errors import StoreProblem
from tests.unit.vault.store_worker import number_in, open_store


def test_neither_the_file_nor_its_journal_is_readable(store: Engine, tmp_path: Path) -> None:
    with store.begin() as connection:
        connection.execute(text("CREATE TABLE canary_table (canary_column TEXT)"))
        connection.execute(text("INSERT INTO canary_table VALUES ('canary-value')"))
    files = [tmp_path / "store.db", tmp_path / "store.db-wal"]
    for path in files:
        content = path.read_bytes()
        assert len(content) >= 4096
        assert not content.startswith(b"SQLite format 3")
        assert b"canary" not in content


def test_every_file_is_ours_alone(store: Engine, tmp_path: Path) -> None:
    assert number_in(store) == 0
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == dict.fromkeys(
        ["store.db", "store.db-wal", "store.db-shm", "store.db-lock"], 0o600
    )


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1),
     ("temp_store", 2), ("trusted_schema", 0), ("query_only", 0)],
)  # fmt: skip
def test_each_connection_is_set_up(store: Engine, pragma: str, value: object) -> None:
    with store.connect() as one, store.connect().execution_options(read_snapshot=True) as other:
        assert one.scalar(text(f"PRAGMA {pragma}")) == value
        assert pragma == "query_only" or other.scalar(text(f"PRAGMA {pragma}")) == value


def test_an_sqlite_that_cannot_encrypt_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_connection, "_CIPHER_VERSION", "PRAGMA no_such_thing")
    with pytest.raises(StoreProblem, match="cannot encrypt"):
        open_store(tmp_path).connect()


def test_a_wrong_key_is_one_plain_line(store: Engine, tmp_path: Path) -> None:
    assert number_in(store) == 0
    options = embedded_engine_options(tmp_path / "store.db", secrets.token_bytes(32))
    with pytest.raises(StoreProblem, match=r"^The database does not open with this key"):
        create_engine(**options).connect()


def test_a_plain_sqlite_file_is_not_taken_for_ours(tmp_path: Path) -> None:
    plain = create_engine(f"sqlite:///{tmp_path}/store.db")
    with plain.begin() as connection:
        connection.execute(text("CREATE TABLE counter (number INTEGER)"))
    plain.dispose()
    with pytest.raises(StoreProblem, match="does not open"):
        open_store(tmp_path).connect()


def test_a_folder_that_is_not_there_is_one_plain_line(tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match="cannot be opened: No such file"):
        open_store(tmp_path / "absent").connect()
