"""Making a release: from real cases to a folder, once, audited, or not at all."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.database import db, transaction
from caseapp.disclosure.edition import Edition
from caseapp.disclosure.ledger import START
from caseapp.disclosure.rules import ROUNDING_3, ROUNDING_5
from caseapp.exports.entries import ReleaseProblem, enter, note
from caseapp.exports.inputs import insist_on_one_series, period_of
from caseapp.exports.kept_editions import edition_of, entry_of, to_keep
from caseapp.exports.making import make_release, solve_release
from caseapp.exports.models import Release
from caseapp.exports.queries import find_release, ledger
from caseapp.exports.signing import take_decision
from tests.cast import Cast, open_a_case
from tests.small_year import choose_a_small_year
from tests.unit.exports.conftest import ignore


def kinds() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)))


def read_all(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def test_a_month_is_released_on_either_database(
    each_engine: tuple[Flask, Cast], tmp_path: Path
) -> None:
    app, cast = each_engine
    steps: list[str] = []

    def watch(step: str, _done: int, _total: int) -> None:
        steps.append(step)

    with app.app_context():
        choose_a_small_year(cast.analyst)
        made = make_release("2026-05", tmp_path / "out", actor=cast.analyst, progress=watch)
        assert made.folder == tmp_path / "out" / "2026-05"
        assert set(read_all(made.folder)) == set(made.files)
        certificate = json.loads((made.folder / "certificate.json").read_text())
        assert certificate["counts_that_could_be_small"]["exact"] == 0
        assert certificate["ledger_head"] == START
        assert kinds()[-3:] == ["cases_counted", "release_made", "release_downloaded"]
        (release,) = ledger(db.session())
        assert release.made_by == cast.analyst.user_id
    assert {"Rounding", "Attacking", "Writing"} <= set(steps)


def test_nothing_that_names_a_person_is_in_any_byte(released_home: Path, cast: Cast) -> None:
    for name, content in read_all(released_home / "out").items():
        for word in ("Zalika", "Quillfeather", "Heronsgate", "W10 9ZZ", "Robbed", "cast.example"):
            assert word.encode() not in content, name
        for number in (cast.case_id, cast.person_id):
            assert str(number).encode() not in content
            assert number.hex.encode() not in content


def test_the_same_month_is_never_solved_again(
    released_app: Flask, released_home: Path, cast: Cast, tmp_path: Path
) -> None:
    with released_app.app_context():
        with transaction():
            open_a_case(cast.assigned_advocate)
        again = make_release("2026-05", tmp_path / "again", actor=None, progress=ignore)
        assert read_all(again.folder) == read_all(released_home / "out" / "2026-05")
        assert len(ledger(db.session())) == 1
        assert again.inputs_changed is True
        assert "Cases have changed since" in "\n".join(again.in_words())


def test_a_month_whose_cases_are_the_same_is_said_to_be_unchanged(
    released_app: Flask, tmp_path: Path
) -> None:
    with released_app.app_context():
        again = make_release("2026-05", tmp_path / "again", actor=None, progress=ignore)
    assert again.as_json()["inputs_changed"] is False
    assert again.as_json()["signed_by"] is None


def test_only_what_somebody_signed_is_written_where_that_is_asked(
    entered_app: Flask, cast: Cast, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with entered_app.app_context():
        for month in ("2026-05", "2026-07"):
            with pytest.raises(ReleaseProblem, match=f"Nobody has signed a release of {month}"):
                make_release(month, out, actor=None, progress=ignore, signed_only=True)
        assert not out.exists()
        sign("2026-05", cast, "")
        made = make_release("2026-05", out, actor=None, progress=ignore, signed_only=True)
        assert made.signed_by == "Manager"
    assert (out / "2026-05" / "certificate.json").exists()


def test_what_a_second_person_refused_is_not_written(
    entered_app: Flask, cast: Cast, tmp_path: Path
) -> None:
    with entered_app.app_context():
        sign("2026-05", cast, "The wards are wrong")
        with pytest.raises(ReleaseProblem, match="was refused by a second person"):
            make_release("2026-05", tmp_path / "out", actor=None, progress=ignore)
    assert not (tmp_path / "out").exists()


def sign(month: str, cast: Cast, refusal: str) -> None:
    release = find_release(month)
    assert release is not None
    with transaction():
        take_decision(uuid4(), release, entry_of(release).head, refusal, cast.manager)


def test_an_edition_of_other_tables_or_another_method_is_no_part_of_the_series(
    entered_app: Flask,
) -> None:
    with entered_app.app_context():
        others = [edition_of(each) for each in ledger(db.session())]
    period, tables = period_of("2026-07"), list(others[0].tables)
    insist_on_one_series(period, tables, ROUNDING_5, others)
    with pytest.raises(ReleaseProblem, match="catalogue or a list of codes"):
        insist_on_one_series(period, tables[1:], ROUNDING_5, others)
    with pytest.raises(ReleaseProblem, match="another method"):
        insist_on_one_series(period, tables, ROUNDING_3, others)


def test_the_next_month_is_attacked_together_with_the_last(
    released_app: Flask, tmp_path: Path
) -> None:
    with released_app.app_context():
        first = ledger(db.session())[0]
        head = entry_of(first).head
        made = make_release("2026-06", tmp_path / "out", actor=None, progress=ignore)
        certificate = json.loads((made.folder / "certificate.json").read_text())
        assert certificate["editions_covered"] == ["2026-05", "2026-06"]
        assert certificate["ledger_head"] == head
        assert [each.previous for each in ledger(db.session())] == [START, head]


@pytest.mark.parametrize(
    ("month", "says"),
    [
        ("May", "such as 2026-10"),
        ("2026-13", "such as 2026-10"),
        ("2099-01", "not over yet"),
        ("2019-05", "No case was opened from April 2019 to May 2019"),
    ],
)
def test_a_month_that_cannot_be_released_leaves_one_line_and_no_file(
    app: Flask, tmp_path: Path, month: str, says: str
) -> None:
    with app.app_context():
        with pytest.raises(ReleaseProblem, match=says):
            make_release(month, tmp_path / "out", actor=None, progress=ignore)
        assert ledger(db.session()) == []
    assert not (tmp_path / "out").exists()


@time_machine.travel("2026-05-31 12:00", tick=False)
def test_a_month_is_not_over_on_its_last_day() -> None:
    with pytest.raises(ReleaseProblem, match="not over yet"):
        period_of("2026-05")


def test_a_clock_that_was_set_back_makes_no_release(entered_app: Flask) -> None:
    with entered_app.app_context(), time_machine.travel("2026-08-02 12:00", tick=False):
        with pytest.raises(ReleaseProblem, match="clock"):
            solve_release("2026-07", actor=None, progress=ignore)
        assert len(ledger(db.session())) == 2


def test_a_ledger_that_was_tampered_with_makes_no_release(entered_app: Flask) -> None:
    with entered_app.app_context():
        db.session.execute(text("UPDATE releases SET released = :other"), {"other": "0" * 64})
        db.session.commit()
        with pytest.raises(ReleaseProblem, match="ledger of releases is damaged"):
            solve_release("2026-07", actor=None, progress=ignore)
        assert db.session.scalar(text("SELECT count(*) FROM releases")) == 2


def test_an_entry_that_vanished_from_the_ledger_makes_no_release(entered_app: Flask) -> None:
    with entered_app.app_context():
        db.session.execute(text("DELETE FROM releases WHERE position = 1"))
        db.session.commit()
        with pytest.raises(ReleaseProblem, match="damaged at entry 1"):
            solve_release("2026-07", actor=None, progress=ignore)


def test_nothing_is_written_from_a_ledger_that_is_damaged(
    entered_app: Flask, tmp_path: Path
) -> None:
    with entered_app.app_context():
        db.session.execute(text("UPDATE releases SET inputs = 'x' WHERE position = 2"))
        db.session.commit()
        with pytest.raises(ReleaseProblem, match="damaged at entry 2"):
            make_release("2026-05", tmp_path / "out", actor=None, progress=ignore)
    assert not (tmp_path / "out").exists()


def test_a_release_that_is_not_safe_leaves_no_file_and_is_audited(
    released_app: Flask, tmp_path: Path
) -> None:
    """The ledger holds a month whose figures give people away whatever is done now."""
    with released_app.app_context():
        _leak(ledger(db.session())[0])
        with pytest.raises(ReleaseProblem, match="No release for 2026-06"):
            make_release("2026-06", tmp_path / "out", actor=None, progress=ignore)
        assert kinds()[-1] == "release_refused"
        assert find_release("2026-06") is None
    assert not (tmp_path / "out").exists()


def _leak(release: Release) -> None:
    """Publish all of the first table's parts as 5 under a total of 0: each part is proved small."""
    edition = edition_of(release)
    values = dict(edition.values)
    table = edition.tables[1]
    for key in table.published():
        values[table.cell(key)] = 0 if "all" in key else 5
    leaky = Edition(edition.period, edition.since, edition.tables, values)
    with transaction():
        release.body = to_keep(leaky, release.body.files)
        note(Kind.RELEASE_SIGNED, None, release.period)


def test_of_two_releases_at_once_the_slower_one_is_told(entered_app: Flask) -> None:
    with entered_app.app_context():
        release = ledger(db.session())[0]
        edition: Any = edition_of(release)
        db.session.rollback()
        with pytest.raises(ReleaseProblem, match="meanwhile"):
            enter(edition, {}, START, None)
        assert len(ledger(db.session())) == 2


def test_a_release_survives_the_ledger_unchanged(entered_app: Flask) -> None:
    with entered_app.app_context():
        release = ledger(db.session())[0]
        edition = edition_of(release)
        assert to_keep(edition, release.body.files) == release.body
        tables = {f"tables/{file.name}.csv": file.csv.encode() for file in edition.files()}
        assert tables.items() <= release.body.files.items()


def test_a_folder_that_holds_something_else_is_left_alone(
    released_app: Flask, tmp_path: Path
) -> None:
    (tmp_path / "out" / "2026-05").mkdir(parents=True)
    (tmp_path / "out" / "2026-05" / "mine.txt").write_text("keep")
    with released_app.app_context(), pytest.raises(ReleaseProblem, match="something else"):
        make_release("2026-05", tmp_path / "out", actor=None, progress=ignore)
    assert read_all(tmp_path / "out") == {"2026-05/mine.txt": b"keep"}
