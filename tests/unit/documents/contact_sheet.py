"""Draws every format in every language small, side by side, so that somebody can look at them all.

`python -m tests.unit.documents.contact_sheet --write` makes docs/plans/ anew.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from caseapp.documents.plan_paper import FORMATS, plan_html
from caseapp.documents.printer import printer
from caseapp.languages import LANGUAGES
from tests.unit.documents.filled_plan import KINDS, filled_plan

FOLDER = Path(__file__).parents[3] / "docs" / "plans"
PAGES = 2  # of each paper, from the first
WIDTH, HEIGHT, GAP, MARGIN = 250, 354, 10, 34  # pixels
GROUND, INK = "#d8dee0", "#111111"


def sheet(form: str) -> Image.Image:
    """One format: a column for each language, and for each kind of plan a row for each page."""
    columns = [
        [page for kind in KINDS for page in _pages(form, language, kind)] for language in LANGUAGES
    ]
    size = (len(columns) * (WIDTH + GAP) + GAP, MARGIN + max(map(len, columns)) * (HEIGHT + GAP))
    joined = Image.new("RGB", size, GROUND)
    for number, (language, pages) in enumerate(zip(LANGUAGES.values(), columns, strict=True)):
        x = GAP + number * (WIDTH + GAP)
        ImageDraw.Draw(joined).text((x, 8), language.english, INK, ImageFont.load_default(16))
        for row, page in enumerate(pages):
            joined.paste(page, (x, MARGIN + row * (HEIGHT + GAP)))
    return joined


def write(folder: Path) -> Iterator[Path]:
    """Write the sheet of each format and yield its path."""
    for form in FORMATS:
        path = folder / f"{form}.webp"
        sheet(form).save(path, quality=72, method=6)
        yield path


def _pages(form: str, language: str, kind: str) -> list[Image.Image]:
    pdf = printer.print(plan_html(filled_plan(kind, language), form))
    with pypdfium2.PdfDocument(pdf) as document:
        return [_small(page) for page in list(document)[:PAGES]]


def _small(page: pypdfium2.PdfPage) -> Image.Image:
    drawn: Image.Image = page.render(scale=2 * WIDTH / page.get_width()).to_pil()
    return drawn.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", required=True)
    parser.parse_args()
    for path in write(FOLDER):
        print(f"{path.name}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
