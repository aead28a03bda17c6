"""The plain copy that the case page is measured against holds all that the page shows."""

from flask import Flask

from benchmarks.plain_rows import OF_CASE
from caseapp.cases.contributions import page_kinds


def test_the_plain_copy_has_every_kind_of_row_that_the_page_of_a_case_reads(app: Flask) -> None:
    assert app.extensions
    assert {kind.__name__ for kind in OF_CASE} >= {kind.__name__ for kind in page_kinds}
