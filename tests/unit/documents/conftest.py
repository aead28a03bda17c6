"""Paper for the tests: plans in many shapes, and what a reader or a checker sees of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import page
import pypdfium2
import pytest

from caseapp.documents.plan_paper import PlanPaper, PlanSection, plan_html
from caseapp.documents.printer import Printer


@pytest.fixture
def plan() -> Callable[..., str]:
    """Makes the HTML of a plan with these own words, one section each."""

    def make(*own_words: str, worker_words: str = "") -> str:
        sections = tuple(
            PlanSection(
                picture="home",
                heading=f"Section {number}",
                prompt="What will you do?",
                own_words=words,
                worker_words=worker_words,
            )
            for number, words in enumerate(own_words, start=1)
        )
        made, review = date(2026, 3, 7), date(2026, 4, 4)
        return plan_html(
            PlanPaper(kind="youth_violence", sections=sections, prepared_on=made, review_on=review)
        )

    return make


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    one = Printer(workers=2)
    yield one
    one.close()


def faults(pdf: bytes) -> list[str]:
    """What is wrong with `pdf` under PDF/UA-1."""
    report = page.validate_pdf_bytes(pdf, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def text_of(pdf: bytes) -> str:
    """The text of all pages in reading order."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)
