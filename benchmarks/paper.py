"""A safety plan of three pages as a PDF: ours, from the plan to the bytes, against WeasyPrint
alone on the same final HTML.

WeasyPrint gets the document as our template made it, with the same typefaces by @font-face and the
same pictures, from their files; warm, in this process. It is timed twice: with one font
configuration that it keeps, as we keep ours, and with a new one for each document, as its manual
shows it. The targets hold against the first.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pypdfium2
import weasyprint
from weasyprint.text.fonts import FontConfiguration

from benchmarks.borough import Borough
from benchmarks.measuring import Result, compare
from caseapp.clock import today
from caseapp.documents.assets import ALLOWED
from caseapp.documents.easy_read import ideas_of
from caseapp.documents.fonts import EVERYDAY
from caseapp.documents.pictures import picture_of
from caseapp.documents.plan_paper import Idea, PlanPaper, PlanSection, plan_html
from caseapp.documents.printer import Printer
from caseapp.plans.rules import Section, sections_of

MINE = "I go to my sister and wait there until it is quiet outside. Her door is always open."
WORKERS = "Walked the way together; it takes nine minutes."
PAGES = 3
SECTIONS = {"standard": 7, "easy_read": 1}  # so many fill three pages
FONTS = "".join(face.rule for face in EVERYDAY)


def plan_paper(_borough: Borough) -> Iterator[Result]:
    """By the clock on the wall, because our work is done in another process."""
    printer = Printer(workers=1)
    try:
        for form in SECTIONS:
            yield from _compare(printer, form)
    finally:
        printer.close()


def _compare(printer: Printer, form: str) -> Iterator[Result]:
    paper = _paper(today(), SECTIONS[form])
    html = _from_files(plan_html(paper, form))

    def ours() -> bytes:
        return printer.print(plan_html(paper, form))

    _insist_on_three_pages(ours())
    name = f"PDF, {form.replace('_', ' ')}, three pages"
    yield _measure(name, ours, _keeping_its_fonts(html), target=1.3)
    yield _measure(f"{name}, new fonts each", ours, _with_new_fonts(html))


def _measure(
    name: str,
    ours: Callable[[], object],
    against: Callable[[], object],
    target: float | None = None,
) -> Result:
    clock = time.perf_counter
    return compare(name, ours, against, target=target, rounds=9, calls=3, clock=clock)


def _keeping_its_fonts(html: str) -> Callable[[], object]:
    """WeasyPrint with one font configuration, its typefaces loaded beforehand."""
    fonts = FontConfiguration()
    weasyprint.CSS(string=_from_files(FONTS), font_config=fonts)
    return lambda: _write(weasyprint.HTML(string=html), font_config=fonts)


def _with_new_fonts(html: str) -> Callable[[], object]:
    """WeasyPrint with a document that brings its typefaces along, and nothing kept."""
    whole = html.replace("<style>", f"<style>{_from_files(FONTS)}", 1)
    return lambda: _write(weasyprint.HTML(string=whole))


def _write(document: Any, **how: object) -> object:
    return document.write_pdf(pdf_variant="pdf/ua-1", **how)


def _from_files(text: str) -> str:
    """With the addresses of our own files as WeasyPrint finds them without us."""
    for address, (path, _) in ALLOWED.items():
        text = text.replace(address, path.as_uri())
    return text


def _insist_on_three_pages(pdf: bytes) -> None:
    with pypdfium2.PdfDocument(pdf) as document:
        if len(document) != PAGES:
            raise ValueError(f"the plan has {len(document)} pages: change SECTIONS")


def _paper(day: date, sections: int) -> PlanPaper:
    return PlanPaper(
        kind="youth_violence",
        sections=tuple(map(_section, sections_of("youth_violence")[:sections])),
        prepared_on=day,
        review_on=day + timedelta(weeks=4),
    )


def _section(section: Section) -> PlanSection:
    return PlanSection(
        heading=section.heading,
        prompt=section.prompt,
        picture=section.picture,
        own_words=MINE,
        worker_words=WORKERS,
        own=_ideas(MINE, section.picture),
        worker=_ideas(WORKERS, section.picture),
    )


def _ideas(words: str, otherwise: str) -> tuple[Idea, ...]:
    return tuple(
        Idea(words=words, picture=picture_of(words, {}, otherwise)) for words in ideas_of(words)
    )
