"""The writer of spreadsheets: words stay words, and LibreOffice reads what was written."""

import csv
import io
import os
import shutil
import subprocess
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from caseapp.release_files.spreadsheet import Link, Sheet, spreadsheet

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0")
OFFICE = shutil.which("soffice")


def test_text_that_looks_like_a_formula_or_markup_stays_text() -> None:
    sheet = Sheet("One", (("<b>&",), *((each,) for each in FORMULAS), (Link("back", "One"),)))
    with ZipFile(io.BytesIO(spreadsheet([sheet], "t"))) as file:
        content = file.read("content.xml").decode()
    assert "table:formula" not in content
    assert "&lt;b&gt;&amp;" in content
    assert content.count('office:value-type="string"') == len(FORMULAS) + 2


def test_a_figure_is_a_number_and_not_its_words() -> None:
    sheet = Sheet("One", (("Title",), ("Head", "Number"), ("a", 1234), ("b", 5.5)), head=1)
    with ZipFile(io.BytesIO(spreadsheet([sheet], "t"))) as file:
        content = etree.fromstring(file.read("content.xml"))
    values = [str(each) for each in content.xpath("//@*[local-name()='value']")]
    assert values == ["1234", "5.5"]


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not on this machine")
def test_libreoffice_opens_it_and_works_nothing_out(tmp_path: Path) -> None:
    rows = (("Title",), ("Head", "Number"), *((each, 1234) for each in FORMULAS))
    (tmp_path / "book.ods").write_bytes(spreadsheet([Sheet("One", rows, head=1)], "t"))
    subprocess.run(
        [
            str(OFFICE), "--headless", "--norestore",
            f"-env:UserInstallation={tmp_path.as_uri()}/own",
            "--convert-to", "csv", "--outdir", str(tmp_path), str(tmp_path / "book.ods"),
        ],
        check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    found = list(csv.reader((tmp_path / "book.csv").read_text().splitlines()))
    assert found == [["Title", ""], ["Head", "Number"], *([each, "1234"] for each in FORMULAS)]
