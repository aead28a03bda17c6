"""The files of a release: complete, valid, the same each time, and safe to open."""

import csv
import io
import json
from pathlib import Path

import pytest
from csvw import CSVW
from flask import Flask

from caseapp.disclosure.edition import Edition
from caseapp.exports.files import INDICATOR_COLUMNS, release_files
from tests.unit.exports.editions import invented_edition

NAMES = ("age_band", "sex", "ethnicity", "ward", "need", "outcome")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return invented_edition()


@pytest.fixture
def files(app: Flask, edition: Edition) -> dict[str, bytes]:
    with app.app_context():
        return release_files(edition)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_the_folder_holds_what_was_promised_and_nothing_else(files: dict[str, bytes]) -> None:
    tables = {f"tables/theme_by_{name}.csv" for name in NAMES}
    assert set(files) == tables | {f"{name}-metadata.json" for name in tables} | {
        "release.ods",
        "indicators.csv",
        "certificate.json",
        "certificate.html",
        "dictionary.csv",
    }


@pytest.mark.filterwarnings("default")  # warnings of the validator's own libraries
def test_every_table_is_valid_csv_on_the_web(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    for name in NAMES:
        checked = CSVW(str(tmp_path / f"tables/theme_by_{name}.csv-metadata.json"), validate=True)
        assert checked.is_valid, [str(warning.message) for warning in checked.warnings]


def test_a_table_has_the_promised_columns_and_its_sums_hold(files: dict[str, bytes]) -> None:
    found = rows(files["tables/theme_by_sex.csv"])
    assert list(found[0]) == ["theme", "sex", "measure", "value", "marker", "lower", "upper"]
    values = {(row["theme"], row["sex"]): int(row["value"]) for row in found}
    for theme in {row["theme"] for row in found}:
        parts = (values[theme, sex] for sex in ("female", "male", "not_known"))
        assert values[theme, "all"] == sum(parts)


def test_every_code_of_the_tables_is_in_the_dictionary(files: dict[str, bytes]) -> None:
    known = {(row["column"], row["code"]) for row in rows(files["dictionary.csv"])}
    for name in NAMES:
        for row in rows(files[f"tables/theme_by_{name}.csv"]):
            assert {("theme", row["theme"]), (name, row[name])} <= known


def test_the_dictionary_explains_every_column_and_marker(files: dict[str, bytes]) -> None:
    explained = rows(files["dictionary.csv"])
    assert all(row["meaning"] for row in explained)
    columns = {row["column"] for row in explained}
    assert {*INDICATOR_COLUMNS, "lower", "upper", "measure"} <= columns
    assert {"low", "z", "x", "u"} <= {r["code"] for r in explained if r["column"] == "marker"}


def test_all_36_indicators_are_there_with_a_figure_or_a_marker(files: dict[str, bytes]) -> None:
    found = rows(files["indicators.csv"])
    assert tuple(found[0]) == INDICATOR_COLUMNS
    assert {int(row["number"]) for row in found} == set(range(1, 37))
    for row in found:
        assert bool(row["value"]) != bool(row["marker"])


def test_no_text_field_starts_like_a_formula(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if name.endswith(".csv"):
            fields = {field for row in rows(content) for field in row.values()}
            assert not {field for field in fields if field.startswith(("=", "+", "@", "-"))}


def test_the_certificate_page_stands_alone_and_runs_nothing(files: dict[str, bytes]) -> None:
    page = files["certificate.html"].decode()
    assert "<script" not in page
    assert "src=" not in page
    assert "http" not in page
    assert "not differential privacy" in page
    assert json.loads(files["certificate.json"])["edition"] == "2026-05"


def test_the_same_edition_gives_the_same_bytes(
    app: Flask, edition: Edition, files: dict[str, bytes]
) -> None:
    with app.app_context():
        assert release_files(edition) == files


def test_no_true_count_decides_a_byte(app: Flask, edition: Edition) -> None:
    """Another borough with the same rounded figures gives the same files."""
    from dataclasses import replace

    tables = [replace(table, counts={}) for table in edition.tables]
    with app.app_context():
        other = release_files(replace(edition, tables=tuple(tables)))
        assert other == release_files(edition)
