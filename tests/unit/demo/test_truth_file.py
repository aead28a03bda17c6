"""The truth file is plaintext: never inside the home, and readable by its owner alone."""

import json
from datetime import date
from pathlib import Path

import pytest

from caseapp.demo.lives import CaseTold, WorkerTold
from caseapp.demo.period import period_of
from caseapp.demo.story import stories
from caseapp.demo.truth import truth_file
from caseapp.demo.workers import allocate, count_open, invent_workers
from config import SettingsError

CASES = list(stories(5, 1, period_of(3, date(2026, 3, 1), date(2026, 4, 1))))
WORKERS = invent_workers(count_open(CASES), 1)
GIVEN = list(allocate(CASES, WORKERS))


def write_truth(path: Path | None, home: Path, told: list[CaseTold] | list[WorkerTold]) -> None:
    with truth_file(home, path) as write:
        write(told)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def test_each_line_is_one_case_or_one_user(home: Path) -> None:
    path = home.parent / "truth.jsonl"
    with truth_file(home, path) as write:
        write(WORKERS)
        write(GIVEN)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert sum(line["kind"] == "case" for line in lines) == 5
    assert {line["kind"] for line in lines} == {"case", "user"}
    case = lines[-1]
    assert {"reference", "person", "theme", "service", "opened", "incidents", "flags",
            "referrals", "plan"} <= case.keys()  # fmt: skip
    assert {"given_name", "family_name", "date_of_birth", "sex", "ethnicity", "ward",
            "postcode"} <= case["person"].keys()  # fmt: skip


def test_only_its_owner_can_read_it(home: Path) -> None:
    path = home.parent / "truth.jsonl"
    path.touch(mode=0o644)
    write_truth(path, home, GIVEN)
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("inside", ["truth.jsonl", "../home/truth.jsonl", "a/../truth.jsonl"])
def test_a_truth_file_inside_the_home_is_refused(home: Path, inside: str) -> None:
    with pytest.raises(SettingsError, match="outside the home"):
        write_truth(home / inside, home, GIVEN)
    assert list(home.iterdir()) == []


def test_a_link_that_leads_into_the_home_is_refused(home: Path) -> None:
    folder, file = home.parent / "linked", home.parent / "truth.jsonl"
    folder.symlink_to(home)
    file.symlink_to(home / "hidden")
    for path in (folder / "truth.jsonl", file):
        with pytest.raises(SettingsError, match="outside the home"):
            write_truth(path, home, GIVEN)
    assert list(home.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_in_one_line(home: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be written"):
        write_truth(home.parent / "none" / "truth.jsonl", home, GIVEN)


def test_without_a_path_nothing_is_written(home: Path) -> None:
    write_truth(None, home, GIVEN)
    assert list(home.parent.rglob("*")) == [home]
