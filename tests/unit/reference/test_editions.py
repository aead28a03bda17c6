"""A home's own editions of the lists: added from a file, checked against the last, never half."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from caseapp.database import db, transaction
from caseapp.reference import ListProblem, choices, code_list, label_of
from caseapp.reference.editions import load_edition, newest_edition, refresh
from caseapp.reference.in_force import use_editions
from caseapp.reference.models import CodeListEdition

HEAD = 'name = "{name}"\nversion = {version}\ntitle = "T"\nsource = "Ours"\nstatus = "ours"\n'
SEX = {"female": "Female", "male": "Male", "not_known": "Not known"}


@pytest.fixture(autouse=True)
def shipped_lists_again_afterwards(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield
    use_editions([])


def written(name: str, version: int, labels: dict[str, str], more: str = "") -> str:
    entries = "".join(
        f'[[entries]]\ncode = "{code}"\nlabel = "{label}"\n{more}' for code, label in labels.items()
    )
    return HEAD.format(name=name, version=version) + entries


def load(text: str | Path) -> None:
    with transaction():
        load_edition(db.session(), text)


def stored() -> int:
    return db.session.scalar(select(func.count()).select_from(CodeListEdition)) or 0


def test_a_newer_edition_is_kept_and_counts_at_once() -> None:
    load(written("sex", 2, SEX | {"intersex": "Intersex"}))
    assert ("intersex", "Intersex") in choices("sex")
    use_editions([])
    refresh(db.session())
    assert code_list("sex").version == 2


def test_a_list_may_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "sex.toml"
    path.write_text(written("sex", 2, SEX), encoding="utf-8")
    load(path)
    assert code_list("sex").version == 2


def test_a_list_that_the_program_does_not_know_may_be_added() -> None:
    load(written("local_estate", 1, {"larkmoor": "Larkmoor Estate"}))
    assert label_of("local_estate", "larkmoor") == "Larkmoor Estate"


def test_an_edition_that_drops_a_code_is_refused_and_the_code_is_named() -> None:
    with pytest.raises(ListProblem, match=r"gone.*male, not_known"):
        load(written("sex", 2, {"female": "Female"}))
    assert stored() == 0
    assert code_list("sex").version == 1


def test_a_code_that_is_retired_is_not_missed() -> None:
    load(written("sex", 2, SEX, more="retired = true\n") + '[[entries]]\ncode="x"\nlabel="X"\n')
    assert choices("sex") == [("x", "X")]
    assert label_of("sex", "male") == "Male"


@pytest.mark.parametrize("version", [0, 1])
def test_a_version_that_is_not_newer_is_refused(version: int) -> None:
    with pytest.raises(ListProblem, match="version"):
        load(written("sex", version, SEX))
    assert stored() == 0


def test_each_edition_is_compared_with_the_last_one_and_not_with_the_shipped_one() -> None:
    load(written("sex", 2, SEX | {"intersex": "Intersex"}))
    with pytest.raises(ListProblem, match="intersex"):
        load(written("sex", 3, SEX))
    with pytest.raises(ListProblem, match="not newer than 2"):
        load(written("sex", 2, SEX | {"intersex": "Intersex"}))
    newest = newest_edition(db.session(), "sex")
    assert newest is not None
    assert newest.version == 2


def test_a_broken_file_is_refused_with_its_line_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "sex.toml"
    path.write_text(written("sex", 2, SEX) + "[[entries]]\ncode = 7\n", encoding="utf-8")
    with pytest.raises(ListProblem, match="line 15, entry 4") as refused:
        load(path)
    assert "\n" not in str(refused.value)
    assert stored() == 0


@pytest.mark.parametrize(
    ("content", "complaint"),
    [(b"\xff\xfe\x00", "not UTF-8"), (b"#" * 1_000_001, "too long"), (None, "No such file")],
)
def test_a_file_that_cannot_be_read_is_said_in_one_line(
    tmp_path: Path, content: bytes | None, complaint: str
) -> None:
    path = tmp_path / "sex.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ListProblem, match=f"sex.toml: .*{complaint}"):
        load(path)


def test_an_edition_for_a_later_day_waits_in_a_running_server() -> None:
    with time_machine.travel("2026-03-31 12:00", tick=False) as clock:
        with transaction():
            load_edition(db.session(), written("sex", 2, SEX), in_force_from=date(2026, 4, 2))
        assert code_list("sex").version == 1
        clock.move_to("2026-04-02 12:00")
        assert code_list("sex").version == 2
