"""The aim: to change what the audit says, and not be found out."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from caseapp.audit.chain import record
from caseapp.audit.heads import HeadsFile
from caseapp.audit.kinds import Kind
from caseapp.audit.verification import Verification, verify
from caseapp.database import db, transaction
from caseapp.home import make_home
from tests.attacks.audit_mutations import KINDS, Mutation, stored_chains
from tests.cast import Cast
from tests.homes import new_settings

Home = tuple[Flask, Cast]


@pytest.fixture
def lived_in(each_engine: Home) -> Iterator[Flask]:
    """An app whose three chains hold a morning's work."""
    app, cast = each_engine
    with app.app_context():
        work(cast, hours=4)
        yield app


def work(cast: Cast, hours: int) -> None:
    """A few entries in the chain of each team and of the house, one commit each."""
    for number in range(hours):
        for actor in (cast.assigned_advocate, cast.other_team, cast.administrator):
            with transaction():
                record(
                    Kind.CASES_LISTED,
                    actor=actor,
                    team_id=actor.team_id,
                    detail={"cases": number},
                )


def look(app: Flask) -> Verification:
    """Verify on the session in use, so that what is not committed is seen too."""
    return verify(db.session(), app.extensions["vault"], app.extensions["audit_heads"])


def is_found(app: Flask, mutation: Mutation) -> bool:
    """Tamper, verify, and take it back."""
    try:
        for statement in mutation.statements:
            db.session.execute(statement)
        return bool(look(app).faults)
    finally:
        db.session.rollback()


def test_the_audit_that_nobody_touched_holds(lived_in: Flask) -> None:
    found = look(lived_in)
    assert found.faults == ()
    assert found.entries == sum(len(chain) for chain in stored_chains(db.session()).values())


@pytest.mark.parametrize("kind", KINDS)
def test_tampering_by_sql_is_found(lived_in: Flask, kind: str) -> None:
    mutations = list(KINDS[kind](stored_chains(db.session())))
    assert mutations
    assert [m.what for m in mutations if not is_found(lived_in, m)] == []
    assert look(lived_in).faults == ()


def test_there_are_more_than_200_ways_to_tamper_that_were_tried(lived_in: Flask) -> None:
    chains = stored_chains(db.session())
    different = {m.what for kind in KINDS.values() for m in kind(chains)}
    assert len(different) > 200
    assert len(chains) == 3


@pytest.fixture
def ways(app: Flask, cast: Cast) -> Iterator[list[Mutation]]:
    """Edits and deletions only: others could undo each other, which is no tampering."""
    with app.app_context():
        work(cast, hours=2)
        chains = stored_chains(db.session())
        yield [way for kind in ("edit", "delete", "truncate") for way in KINDS[kind](chains)]


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(picks=st.lists(st.integers(0, 9999), min_size=2, max_size=5))
def test_several_acts_of_tampering_do_not_hide_each_other(
    app: Flask, ways: list[Mutation], picks: list[int]
) -> None:
    chosen = [ways[pick % len(ways)] for pick in picks]
    assert is_found(app, Mutation("several", tuple(s for way in chosen for s in way.statements)))


PLANTED = {
    "a number that is none": "UPDATE audit_entries SET number = 'one' WHERE number = 2",
    "a link that is text": "UPDATE audit_entries SET mac = 'abc' WHERE number = 2",
    "a chain that is none": "UPDATE audit_entries SET chain_id = 'x' WHERE rowid = 2",
    "a worker that is none": "UPDATE audit_entries SET actor_id = 'x' WHERE number = 2",
    "a worker that is a number": "UPDATE audit_entries SET actor_id = 7 WHERE number = 2",
    "writes that are no list": "UPDATE audit_entries SET writes = '{' WHERE number = 2",
    "a key that is none": "UPDATE audit_entries SET key_generation = 'x' WHERE number = 2",
    "a key that never was": "UPDATE audit_entries SET key_generation = 99 WHERE number = 2",
}


@pytest.mark.parametrize("what", PLANTED)
def test_what_no_column_can_hold_is_a_fault_and_no_crash(app: Flask, cast: Cast, what: str) -> None:
    """SQLite stores any value in any column."""
    with app.app_context():
        work(cast, hours=4)
        db.session.execute(text(PLANTED[what]))
        assert look(app).faults
        db.session.rollback()


def heads_of(app: Flask) -> HeadsFile:
    heads: HeadsFile = app.extensions["audit_heads"]
    return heads


def test_a_heads_file_that_is_gone_is_found(lived_in: Flask) -> None:
    heads_of(lived_in).path.unlink()
    assert len(look(lived_in).faults) == 3


def test_a_heads_file_that_was_emptied_is_found(lived_in: Flask) -> None:
    heads_of(lived_in).path.write_bytes(b"")
    assert len(look(lived_in).faults) == 3


def test_the_heads_file_of_another_home_is_found(lived_in: Flask, tmp_path: Path) -> None:
    other = new_settings(tmp_path / "other")
    vault, _ = make_home(other)
    chains = stored_chains(db.session())
    foreign = HeadsFile(tmp_path / "foreign.log")
    with_same_numbers = [
        head for head in heads_of(lived_in).read(lived_in.extensions["vault"]) if head
    ]
    foreign.append(vault, with_same_numbers)
    shutil.copy(foreign.path, heads_of(lived_in).path)
    assert len(look(lived_in).faults) == len(chains) + 1


def test_a_line_of_the_heads_file_that_was_edited_is_found(lived_in: Flask) -> None:
    path = heads_of(lived_in).path
    lines = path.read_text().splitlines(keepends=True)
    for number, line in enumerate(lines):
        for old, new in ((" 1 ", " 9 "), ("a", "b"), ("\n", "0\n"), (line, "\n"), ("1 ", "99 ")):
            edited = line.replace(old, new, 1)
            if edited != line:
                path.write_text("".join([*lines[:number], edited, *lines[number + 1 :]]))
                assert look(lived_in).faults, (number, old, new)


def test_a_heads_file_that_lags_behind_a_crash_is_no_fault(lived_in: Flask) -> None:
    """It is written after the commit, so a kill may leave out the last line, or tear it."""
    path = heads_of(lived_in).path
    whole = path.read_bytes()
    start_of_last = whole.rstrip(b"\n").rindex(b"\n") + 1
    for end in (start_of_last, start_of_last + 40, len(whole) - 1):
        path.write_bytes(whole[:end])
        assert look(lived_in).faults == ()


class Rolled:
    """The embedded database, put back to what its files were some time ago."""

    def __init__(self, app: Flask, folder: Path) -> None:
        self.app, self.folder = app, folder
        self.home = app.extensions["settings"].home
        db.engine.dispose()
        folder.mkdir()
        for file in self.home.glob("caseapp.db*"):
            shutil.copy(file, folder / file.name)

    def back(self) -> None:
        db.session.remove()
        db.engine.dispose()
        for file in self.home.glob("caseapp.db*"):
            file.unlink()
        for file in self.folder.iterdir():
            shutil.copy(file, self.home / file.name)


def test_a_database_file_that_was_rolled_back_is_found(
    app: Flask, cast: Cast, tmp_path: Path
) -> None:
    with app.app_context():
        work(cast, hours=2)
        yesterday = Rolled(app, tmp_path / "yesterday")
        work(cast, hours=2)
        yesterday.back()
        assert len(look(app).faults) == 3


@pytest.mark.parametrize("hours", [1, 2, 3, 10])
def test_a_rolled_back_file_is_found_however_much_work_is_done_on_it_since(
    app: Flask, cast: Cast, tmp_path: Path, hours: int
) -> None:
    """Once the chain is as long as before, nothing but its entries tells that it is another."""
    with app.app_context():
        yesterday = Rolled(app, tmp_path / "yesterday")
        work(cast, hours=3)
        yesterday.back()
        work(cast, hours=hours)
        assert len(look(app).faults) >= 3
