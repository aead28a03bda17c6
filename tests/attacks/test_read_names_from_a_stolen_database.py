"""Aim: with a copy of the database file and its journals, read a name or a note without a key."""

import base64
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from caseapp.vault.embedded_engine import (
    checkpoint_and_truncate,
    embedded_engine_options,
    install_embedded_rules,
)
from caseapp.vault.owner_keys import destroy_key
from tests.unit.vault.sealed_notes import (
    CaseHead,
    add_case,
    add_note,
    make_tables,
    new_engine,
    new_session,
    new_vault,
)

CANARY = "Canary-Quetzalcoatl Zsófia"
PLAIN_WORD = "plainword-left-open"  # in a column that is not sealed, to show that we can find one


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Engine]:
    options = embedded_engine_options(tmp_path / "embedded.db", secrets.token_bytes(32))
    engine = create_engine(**options)
    install_embedded_rules(engine)
    make_tables(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Engine]:
    """No encryption of the file: the seals alone."""
    engine = new_engine(tmp_path)
    yield engine
    engine.dispose()


def forms_of(word: str) -> Iterator[bytes]:
    """The ways in which a word may lie in a file."""
    for text in (word, word.lower(), word.upper(), word[::-1], *word.split()):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            raw = text.encode(encoding)
            yield from (raw, raw.hex().encode(), raw.hex().upper().encode())
            yield from (base64.b64encode(b"\x00" * pad + raw)[4:-4] for pad in range(3))


def files_that_hold(folder: Path, word: str) -> set[str]:
    forms = {form for form in forms_of(word) if len(form) >= 6}
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.name for path in files if any(form in path.read_bytes() for form in forms)}


def fill(engine: Engine, folder: Path) -> None:
    with new_session(engine, new_vault(folder)) as session:
        case = add_case(session, CANARY, remark=PLAIN_WORD)
        add_note(session, case, f"{CANARY} said so, and more. " * 200)
        case.head = CaseHead(name=f"{CANARY} once more")
        session.commit()


def test_no_form_of_a_name_lies_in_the_files_of_a_plain_engine(
    plain: Engine, tmp_path: Path
) -> None:
    fill(plain, tmp_path)
    assert files_that_hold(tmp_path, PLAIN_WORD) == {"plain-engine.db"}
    assert files_that_hold(tmp_path, CANARY) == set()


def test_the_embedded_engine_hides_even_plain_columns_and_its_own_kind(
    embedded: Engine, tmp_path: Path
) -> None:
    fill(embedded, tmp_path)
    assert (tmp_path / "embedded.db-wal").stat().st_size > 0
    assert files_that_hold(tmp_path, PLAIN_WORD) == set()
    assert files_that_hold(tmp_path, CANARY) == set()
    assert not (tmp_path / "embedded.db").read_bytes().startswith(b"SQLite format 3")


def test_an_erased_key_is_gone_from_the_database_and_its_journal(
    embedded: Engine, tmp_path: Path
) -> None:
    vault = new_vault(tmp_path)
    with new_session(embedded, vault) as session:
        case = add_case(session, CANARY)
        session.commit()
        destroy_key(session.connection(), vault, case.id)
        session.commit()
    assert checkpoint_and_truncate(embedded)
    assert (tmp_path / "embedded.db-wal").stat().st_size == 0
    with embedded.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM owner_keys").scalar() == 0
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1


def test_the_same_words_sealed_twice_look_unlike(plain: Engine, tmp_path: Path) -> None:
    with new_session(plain, new_vault(tmp_path)) as session:
        one, other = add_case(session, CANARY), add_case(session, CANARY)
        assert one.sealed_head[18:] != other.sealed_head[18:]


def test_which_words_are_there_and_how_long_they_are_does_not_show(
    plain: Engine, tmp_path: Path
) -> None:
    with new_session(plain, new_vault(tmp_path)) as session:
        short, long = add_case(session, "Al"), add_case(session, "Bartholomew Featherstonehaugh")
        assert len(short.sealed_head) == len(long.sealed_head)
        notes = [add_note(session, short, text) for text in ("", "x", "x" * 200)]
        assert len({len(note.sealed_body or b"") for note in notes}) == 1
