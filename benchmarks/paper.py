"""A safety plan as a PDF: our warm worker against WeasyPrint as it comes, on the same HTML."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

import weasyprint

from benchmarks.borough import Borough
from benchmarks.measuring import Result, compare
from caseapp.clock import today
from caseapp.documents.plan_paper import PlanPaper, PlanSection, plan_html
from caseapp.documents.printer import Printer
from caseapp.plans.rules import sections_of

MINE = "I go to my sister and wait there until it is quiet outside. Her door is always open."
WORKERS = "Walked the way together; it takes nine minutes."


def plan_paper(_borough: Borough) -> Iterator[Result]:
    """By the clock on the wall, because our work is done in another process."""
    html = plan_html(_three_pages(today()))
    printer = Printer(workers=1)
    try:
        yield compare(
            "PDF of a three-page plan",
            lambda: printer.print(html),
            lambda: weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"),
            target=1.3,
            rounds=9,
            calls=3,
            clock=time.perf_counter,
        )
    finally:
        printer.close()


def _three_pages(day: date) -> PlanPaper:
    return PlanPaper(
        kind="youth_violence",
        sections=tuple(
            PlanSection(
                picture="home",
                heading=section.heading,
                prompt=section.prompt,
                own_words=MINE,
                worker_words=WORKERS,
            )
            for section in sections_of("youth_violence")
        ),
        prepared_on=day,
        review_on=day + timedelta(weeks=4),
    )
