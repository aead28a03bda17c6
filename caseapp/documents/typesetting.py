"""Fills the paper templates from plain values; nothing a person wrote can become markup or CSS."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from caseapp.documents.fonts import FAMILIES
from caseapp.documents.plan_contents import has_something, mentions
from caseapp.documents.pocket_card import card_of
from caseapp.languages import LANGUAGES, catalogue

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
RIGHT_TO_LEFT = frozenset({"R", "AL"})


def typeset(template: str, *, language: str = "en", **values: object) -> str:
    """Return the HTML of `template`, which lies in templates/documents, with our own phrases in
    `language`: a template writes them as _("In danger now?"). Raises KeyError for a language that
    we do not print."""
    words = catalogue(language)
    own = {"_": words.phrase, "in_words": words.in_words, "language": LANGUAGES[language]}
    return _environment().get_template(template).render(own | values)


def paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """Yield (direction, paragraph) for each line of `text` that is not blank."""
    for line in text.splitlines():
        if line.strip():
            yield direction(line), line.strip()


def direction(text: str) -> str:
    """Return rtl or ltr after the first letter with a direction, as browsers do for dir="auto".

    WeasyPrint does not know that value.
    """
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in RIGHT_TO_LEFT:
            return "rtl"
    return "ltr"


@cache
def _environment() -> Environment:
    # Autoescape for every name, so that no new template can be left out by its ending.
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"paragraphs": paragraphs, "card_of": card_of}
    environment.filters |= {"has_something": has_something, "mentions": mentions}
    environment.globals["font_families"] = FAMILIES
    return environment
