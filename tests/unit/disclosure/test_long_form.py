"""The table format: valid CSV on the Web, and nothing that a spreadsheet would run."""

import json
from pathlib import Path

import pytest
from csvw import CSVW

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.lattice import link
from caseapp.disclosure.long_form import csv_text
from caseapp.disclosure.rounding import round_tables
from tests.unit.disclosure.borough import make_units, six_tables


@pytest.fixture(scope="module")
def edition() -> Edition:
    tables = six_tables(make_units(80))
    values = round_tables(link(tables), b"k" * 32, "2025-04").values
    return Edition("2025-04", "2025-04", tuple(tables), values)


@pytest.mark.filterwarnings("default")  # warnings of the validator's own libraries
def test_every_table_is_valid_csv_on_the_web(edition: Edition, tmp_path: Path) -> None:
    for file in edition.files():
        csv, metadata = tmp_path / f"{file.name}.csv", tmp_path / f"{file.name}.csv-metadata.json"
        csv.write_text(file.csv, encoding="utf-8", newline="")
        metadata.write_text(json.dumps(file.metadata), encoding="utf-8")
        checked = CSVW(str(metadata), validate=True)
        assert checked.is_valid, [str(w.message) for w in checked.warnings]
        assert len(list(checked.tables[0])) == len(file.csv.splitlines()) - 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_is_neutralised(start: str) -> None:
    assert csv_text([start + "1+1"], [[start + "1+1"]]).count("'" + start) == 2


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert csv_text(["value"], [[-5], [None]]) == 'value\r\n-5\r\n""\r\n'
