"""Fills the paper templates from plain values; nothing a person wrote can become markup or CSS."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from caseapp.documents.fonts import families_for
from caseapp.documents.long_sentences import long_sentences
from caseapp.documents.pictures import PICTURES
from caseapp.documents.plan_contents import has_something, mentions
from caseapp.documents.pocket_card import card_of
from caseapp.documents.voice import Voice
from caseapp.languages import LANGUAGES, catalogue

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
RIGHT_TO_LEFT = frozenset({"R", "AL"})
# A number to dial: 6 digits (116 123) to 15, in groups or not, whatever spaces, dashes and unseen
# marks a telephone or a word processor puts between them.
BETWEEN = r"[ ()\-\u00a0\u061c\u2000-\u2015\u202f\u2060\u2212]{0,3}"
NUMBER = re.compile(rf"(?<![\d+])\+?\(?\d(?:{BETWEEN}\d){{5,14}}(?!\d)")


def typeset(template: str, *, language: str = "en", **values: object) -> str:
    """Return the HTML of `template`, which lies in templates/documents, with our own phrases in
    `language`. Raises KeyError for a language that we do not print.

    A template writes a phrase as _("In danger now?"), and as plain("In danger now?") where no
    markup can stand: in the title or in an attribute.
    """
    words = catalogue(language)
    voice = Voice(words)
    own = {"_": voice.say, "plain": words.phrase, "voice": voice, "in_words": words.in_words}
    own |= {"language": LANGUAGES[language], "font_families": families_for(language)}
    return _environment().get_template(template).render(own | values)


def paragraphs(text: str) -> Iterator[tuple[str, Markup]]:
    """Yield (direction, paragraph) for each line of `text` that is not blank."""
    for line in text.splitlines():
        if line.strip():
            yield direction(line), numbers_kept(line.strip())


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


def numbers_kept(text: str) -> Markup:
    """The text as HTML, each telephone number from left to right and on one line.

    Beside Arabic letters the groups of "07700 900123" would else change places.
    """
    pieces, end = [], 0
    for found in NUMBER.finditer(text):
        number = Markup('<bdi dir="ltr">{}</bdi>').format(found[0])
        pieces += [escape(text[end : found.start()]), number]
        end = found.end()
    return Markup("").join([*pieces, escape(text[end:])])


def isolated(text: str) -> str:
    """The same without markup: between the signs that isolate it from its neighbours, and so is
    each telephone number in it."""
    return "\u2068" + NUMBER.sub("\u2066\\g<0>\u2069", text) + "\u2069"


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
    environment.globals["pictures"] = PICTURES
    environment.filters |= {
        "paragraphs": paragraphs,
        "direction": direction,
        "numbers_kept": numbers_kept,
        "in_english": catalogue("en").in_words,
        "long_sentences": long_sentences,
        "isolated": isolated,
        "card_of": card_of,
        "has_something": has_something,
        "mentions": mentions,
    }
    return environment
