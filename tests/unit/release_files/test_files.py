"""The files of a release: complete, valid, the same each time, and safe to open."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from csvw import CSVW
from flask import Flask

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.long_form import FIGURES
from caseapp.indicators.catalogue import standard_catalogue
from caseapp.indicators.released import indicator_rows
from caseapp.release_files.files import release_files
from caseapp.release_files.indicator_files import DICTIONARY_COLUMNS, INDICATOR_COLUMNS
from tests.unit.release_files.editions import invented_edition

NAMES = [spec.name for spec in standard_catalogue().tables]
DESCRIBED = [f"tables/{name}.csv" for name in NAMES] + ["indicators.csv", "dictionary.csv"]
AN_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
A_TIME = re.compile(rb"\b[0-2]\d:[0-5]\d\b|\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]+ 20\d\d")


@pytest.fixture(scope="module")
def edition() -> Edition:
    return invented_edition()


@pytest.fixture
def files(app: Flask, edition: Edition) -> dict[str, bytes]:
    with app.app_context():
        return release_files(edition)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def bytes_of(files: dict[str, bytes]) -> bytes:
    """All of them in one, with what is packed in the workbook unpacked."""
    with ZipFile(io.BytesIO(files["release.ods"])) as book:
        packed = [book.read(name) for name in book.namelist()]
    plain = (content for name, content in files.items() if name != "release.ods")
    return b"\n".join([*plain, *packed, *(name.encode() for name in files)])


def test_the_folder_holds_what_was_promised_and_nothing_else(files: dict[str, bytes]) -> None:
    assert set(files) == {*DESCRIBED} | {f"{name}-metadata.json" for name in DESCRIBED} | {
        "release.ods",
        "datapackage.json",
        "certificate.json",
        "certificate.html",
    }


@pytest.mark.filterwarnings("default")  # warnings of the validator's own libraries
def test_every_file_of_rows_is_valid_csv_on_the_web(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    for name in DESCRIBED:
        checked = CSVW(str(tmp_path / f"{name}-metadata.json"), validate=True)
        assert checked.is_valid, [str(warning.message) for warning in checked.warnings]
        assert len(checked.tables[0].tableSchema.columns) == len(rows(files[name])[0])


def test_a_table_has_the_promised_columns_and_its_sums_hold(files: dict[str, bytes]) -> None:
    found = rows(files["tables/theme_by_health_and_sex.csv"])
    assert tuple(found[0]) == ("theme", "health", "sex", *FIGURES)
    values = {(row["theme"], row["health"], row["sex"]): int(row["value"]) for row in found}
    for theme, health, _ in values:
        parts = (values[theme, health, sex] for sex in ("female", "male", "not_known"))
        assert values[theme, health, "all"] == sum(parts)


def test_every_code_of_the_tables_is_in_the_dictionary_in_words(files: dict[str, bytes]) -> None:
    words = {(row["column"], row["code"]): row["meaning"] for row in rows(files["dictionary.csv"])}
    for name in NAMES:
        for row in rows(files[f"tables/{name}.csv"]):
            assert all(words[pair] for pair in row.items() if pair[0] not in FIGURES)
    assert words["ward", "priority_wards"] == "Priority wards"
    assert words["outcome", "not_reported"] == "Not reported to the police"


def test_the_dictionary_explains_every_column_and_marker(files: dict[str, bytes]) -> None:
    explained = rows(files["dictionary.csv"])
    assert all(row["meaning"] for row in explained)
    columns = {row["column"] for row in explained}
    assert {*INDICATOR_COLUMNS, *DICTIONARY_COLUMNS, *FIGURES} <= columns
    assert {"low", "z", "x", "u"} <= {r["code"] for r in explained if r["column"] == "marker"}


def test_the_dictionary_defines_all_36_indicators(files: dict[str, bytes]) -> None:
    defined = {
        row["code"]: row
        for row in rows(files["dictionary.csv"])
        if row["file"] == "indicators.csv" and row["column"] == "number" and row["code"]
    }
    assert [int(number) for number in defined] == list(range(1, 37))
    for row in defined.values():
        assert row["numerator"]
        assert row["denominator"]
        assert row["source"]
        assert row["wanted"] in {"up", "down", "neither"}
    assert defined["16"]["paragraph"] == "4.4"


def test_all_36_indicators_are_there_with_a_figure_or_a_marker(files: dict[str, bytes]) -> None:
    found = rows(files["indicators.csv"])
    assert tuple(found[0]) == tuple(INDICATOR_COLUMNS)
    assert {int(row["number"]) for row in found} == set(range(1, 37))
    for row in found:
        assert row["value"] or row["marker"]
        assert row["marker"] in {"", "low"} or not row["value"]


def test_no_text_field_starts_like_a_formula(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if name.endswith(".csv"):
            found = rows(content)
            numbers = {"change", "change_low", "change_high", "value", "low", "high"}
            fields = {
                field for row in found for column, field in row.items() if column not in numbers
            }
            assert not {field for field in fields if field.startswith(("=", "+", "@", "-"))}


def test_no_byte_holds_an_id_a_time_or_what_somebody_typed(app: Flask, edition: Edition) -> None:
    typed = [replace(row, source="Sgt Canary, by telephone") for row in indicator_rows(edition)]
    with app.app_context():
        everything = bytes_of(release_files(edition, typed))
    assert b"Canary" not in everything
    assert AN_ID.findall(everything) == []
    assert A_TIME.findall(everything) == []


def test_a_table_that_the_catalogue_does_not_name_is_named_by_what_it_counts(
    app: Flask, edition: Edition
) -> None:
    """A title that somebody typed would be free text in the release."""
    other = replace(edition.tables[0], name="another")
    with app.app_context():
        found = rows(release_files(replace(edition, tables=(other,)), [])["dictionary.csv"])
    assert found[0]["meaning"] == "Cases by theme, age when the case was opened and sex"


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
    tables = [replace(table, counts={}) for table in edition.tables]
    with app.app_context():
        other = release_files(replace(edition, tables=tuple(tables)))
        assert other == release_files(edition)
