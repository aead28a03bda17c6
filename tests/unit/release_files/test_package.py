"""The package that describes a release to programs: a validator accepts it, and sees a fault."""

from pathlib import Path

import pytest
from flask import Flask
from frictionless import Package, Report

from caseapp.release_files.files import release_files
from tests.unit.release_files.editions import invented_edition

TABLE = "tables/theme_by_risk.csv"
pytestmark = pytest.mark.filterwarnings("default")  # warnings of the validator's own libraries


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Path:
    with app.app_context():
        files = release_files(invented_edition())
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def validated(folder: Path) -> Report:
    report: Report = Package(str(folder / "datapackage.json")).validate()
    return report


def faults(report: Report) -> set[str]:
    return {row[0] for row in report.flatten(["type"])}


def test_the_package_is_valid_and_holds_every_file_of_rows(folder: Path) -> None:
    report = validated(folder)
    assert report.valid, report.flatten(["type", "message"])
    paths = {task.place for task in report.tasks}
    assert paths == {path.relative_to(folder).as_posix() for path in folder.rglob("*.csv")}


def test_a_figure_that_was_changed_is_seen_by_its_hash(folder: Path) -> None:
    table = folder / TABLE
    table.write_bytes(table.read_bytes().replace(b",5,", b",6,", 1))
    assert "hash-count" in faults(validated(folder))


def test_a_code_that_the_dictionary_does_not_explain_is_seen(folder: Path) -> None:
    dictionary = folder / "dictionary.csv"
    kept = [each for each in dictionary.read_text().split("\n") if ",still_open," not in each]
    dictionary.write_text("\n".join(kept))
    assert "foreign-key" in faults(validated(folder))
