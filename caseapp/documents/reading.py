"""Tells whoever reads a PDF aloud what each run of text says, and in which language.

WeasyPrint draws letters from left to right and passes on no language but the document's: Arabic
would be read out backwards, and English in the middle of it by an Arabic voice.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import PageBox, TextBox
from weasyprint.pdf import tags as tagging

RIGHT_TO_LEFT = frozenset({"R", "AL"})
build_tags = tagging._build_box_tree  # noqa: SLF001  the only door to the tags


def tell_of_each_run() -> None:
    """From now on every document of this process is tagged so."""
    tagging._build_box_tree = _build_and_tell  # noqa: SLF001


def _build_and_tell(
    box: Any, parent: Any, pdf: Any, page: int, nums: dict[int, bytes], links: Any, tags: Any
) -> Iterator[Any]:
    """Build the tags of `box`; at the end of a page, `nums` has the element of each run on it."""
    runs = {}
    if isinstance(box, PageBox):
        runs = {tag["mcid"]: run for run, tag in tags.items() if isinstance(run, TextBox)}
    # All of a page: beside such a line, readers take a number or a name for a part of it.
    has_backwards = any(_is_drawn_backwards(run.text) for run in runs.values())
    yield from build_tags(box, parent, pdf, page, nums, links, tags)
    for number, run in runs.items():
        element = pdf.objects[int(nums[number].split()[0])]
        element.update(_told(run, pdf, in_full=has_backwards))


def _told(run: Any, pdf: Any, *, in_full: bool) -> dict[str, pydyf.String]:
    language = run.style["lang"] or ""
    is_other = language and "Lang" in pdf.catalog and language != pdf.catalog["Lang"].string
    told = {"Lang": pydyf.String(language)} if is_other else {}
    return told | ({"ActualText": pydyf.String(run.text)} if in_full else {})


def _is_drawn_backwards(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in text)
