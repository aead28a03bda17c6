"""The embedded engine: encrypted, durable, and many writers without an error."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlcipher3 import dbapi2

from caseapp.vault import embedded_connection
from caseapp.vault.embedded_engine import (
    checkpoint_and_truncate,
    embedded_engine_options,
    refuse_old_sqlite,
)
from caseapp.vault.errors import StoreProblem
from tests.unit.vault.store_worker import STORE_KEY, count, number_in, open_store, set_number

PROJECT = Path(__file__).resolve().parents[3]


def test_the_engine_encrypts_and_is_new_enough(store: Engine) -> None:
    with store.begin() as connection:
        assert connection.scalar(text("PRAGMA cipher_version"))
    assert dbapi2.sqlite_version_info >= (3, 51, 3)


def test_an_older_sqlite_is_refused() -> None:
    for version in ((3, 51, 2), (3, 40, 1)):
        with pytest.raises(StoreProblem, match=r"3\.51\.3 or newer"):
            refuse_old_sqlite(version)


def test_the_key_shows_in_no_option_url_or_repr(tmp_path: Path) -> None:
    options = embedded_engine_options(tmp_path / "store.db", STORE_KEY)
    engine = create_engine(**options)
    for shown in (repr(options), repr(engine), str(engine.url), repr(engine.pool.__dict__)):
        assert STORE_KEY.hex() not in shown
        assert repr(STORE_KEY) not in shown


def test_a_key_of_another_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        embedded_engine_options(tmp_path / "store.db", b"short")


def test_a_damaged_file_is_one_plain_line(store: Engine, tmp_path: Path) -> None:
    with store.begin() as connection:
        connection.execute(text("INSERT INTO counter SELECT value FROM json_each('[1,2,3]')"))
    assert checkpoint_and_truncate(store)
    store.dispose()
    path = tmp_path / "store.db"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(byte ^ 1 for byte in content[4096:]))
    damaged = open_store(tmp_path)
    with pytest.raises(StoreProblem, match="damaged"), damaged.begin() as connection:
        connection.execute(text("SELECT sum(number) FROM counter"))
    damaged.dispose()


def test_a_full_disk_is_one_plain_line_and_half_a_write_is_undone(store: Engine) -> None:
    with store.connect() as connection:
        pages = connection.scalar(text("PRAGMA page_count"))
        connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))
        connection.commit()
        set_number(connection, 5)
        with pytest.raises(StoreProblem, match=r"^The disk is full: nothing was stored$"):
            connection.execute(
                text("INSERT INTO counter SELECT zeroblob(4000) FROM json_each(:rows)"),
                {"rows": str(list(range(20)))},
            )
        connection.rollback()
    assert number_in(store) == 0


def test_a_foreign_tool_cannot_write_between_our_read_and_our_write(
    store: Engine, tmp_path: Path
) -> None:
    """It takes no lock of ours, so SQLite's own must be held from the beginning."""
    foreign = dbapi2.connect(str(tmp_path / "store.db"), timeout=0, isolation_level=None)
    foreign.execute(f"PRAGMA key = \"x'{STORE_KEY.hex()}'\"")
    with store.begin() as connection:
        connection.scalar(text("SELECT number FROM counter"))
        with pytest.raises(dbapi2.OperationalError, match="locked"):
            foreign.execute("UPDATE counter SET number = 5")
        set_number(connection, 1)
    foreign.execute("UPDATE counter SET number = number + 5")
    foreign.close()
    assert number_in(store) == 6


def test_a_write_inside_a_write_is_refused_and_harms_nothing(store: Engine) -> None:
    with store.begin() as connection:
        set_number(connection, 1)
        with pytest.raises(StoreProblem, match="second write"):
            store.connect().begin()
    assert number_in(store) == 1


def test_a_write_that_was_rolled_back_or_closed_lets_the_next_one_in(store: Engine) -> None:
    with store.connect() as connection:
        set_number(connection, 1)
        connection.rollback()
        set_number(connection, 2)
    with store.connect() as connection:
        set_number(connection, 3)
        connection.invalidate()
    assert number_in(store) == 0


def test_a_snapshot_waits_for_no_writer_and_sees_one_moment(store: Engine) -> None:
    with store.connect().execution_options(read_snapshot=True) as reader:
        assert reader.scalar(text("SELECT number FROM counter")) == 0
        with store.begin() as writer:
            set_number(writer, 7)
            assert reader.scalar(text("SELECT number FROM counter")) == 0
        assert reader.scalar(text("SELECT number FROM counter")) == 0
        reader.rollback()
        assert reader.scalar(text("SELECT number FROM counter")) == 7


def test_a_snapshot_cannot_write_and_its_connection_can_again_afterwards(store: Engine) -> None:
    reader = store.connect().execution_options(read_snapshot=True)
    with reader, pytest.raises(StoreProblem, match="reading only"):
        set_number(reader, 1)
    assert store.pool.checkedin() == 1  # type: ignore[attr-defined]
    with store.begin() as writer:
        set_number(writer, 2)
    assert number_in(store) == 2


def test_the_journal_is_emptied_unless_a_reader_is_in_the_way(
    store: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_connection, "WAIT_SECONDS", 0)
    store.dispose()
    with store.connect().execution_options(read_snapshot=True) as reader:
        assert reader.scalar(text("SELECT number FROM counter")) == 0
        with store.begin() as writer:
            set_number(writer, 1)
        assert not checkpoint_and_truncate(store)
    assert checkpoint_and_truncate(store)
    assert (tmp_path / "store.db-wal").stat().st_size == 0


def test_eight_threads_lose_no_update_and_meet_no_lock(store: Engine) -> None:
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(count, store, 25) for _ in range(8)]:
            done.result()
    assert number_in(store) == 200


def test_four_processes_and_eight_threads_lose_no_update_and_meet_no_lock(
    store: Engine, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tests.unit.vault.store_worker", "count", str(tmp_path), "50"]
    processes = [
        subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(count, store, 25) for _ in range(8)]:
            done.result()
    for process in processes:
        _, errors = process.communicate()
        assert (process.returncode, errors) == (0, "")
    assert number_in(store) == 4 * 50 + 8 * 25


def test_the_rules_are_needed(tmp_path: Path) -> None:
    """Without them the same count loses updates or is told that the database is locked."""
    engine = create_engine(**embedded_engine_options(tmp_path / "store.db", STORE_KEY))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (number INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))
    with engine.connect() as one, engine.connect() as other:
        seen = one.scalar(text("SELECT number FROM counter"))
        set_number(other, 5)
        other.commit()
        set_number(one, int(seen or 0) + 1)
        one.commit()
        assert other.scalar(text("SELECT number FROM counter")) == 1
    engine.dispose()
