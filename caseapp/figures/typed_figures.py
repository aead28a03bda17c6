"""A figure as somebody types it or a file holds it, read exactly or refused with the reason."""

import re
from datetime import date
from typing import NamedTuple

from caseapp.figures.catalogue import FigureSpec
from caseapp.web.typed_text import has_control_characters, is_blank
from caseapp.web.words import long_date

EARLIEST = date(2000, 1, 1)
LONGEST_SOURCE = 200
MINUS = "\u2212"  # as word processors set it
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,4})?")
FORMULA = ("=", "+", "@", "-")


class NoFigure(ValueError):
    """Why it cannot be entered: the rest of a sentence that starts with the name of the box."""


class TypedFigure(NamedTuple):
    """What one row says. `year` as 2026-27."""

    year: str
    code: str
    value: float
    source: str
    dated_on: date


def read_value(spec: FigureSpec, text: str) -> float:
    """The number, without anything around it. Raises NoFigure."""
    typed = text.strip().replace(MINUS, "-")
    if "," in typed:
        raise NoFigure("must be a number without commas, like 1234")
    if typed.endswith("%"):
        raise NoFigure("must be a number without a % sign")
    if not NUMBER.fullmatch(typed):
        raise NoFigure(f"must be a number, like {'12' if spec.whole else '-3.5'}")
    value = float(typed)
    if spec.whole and not value.is_integer():
        raise NoFigure("must be a whole number")
    if not spec.least <= value <= spec.most:
        raise NoFigure(f"must be from {spec.least:,} to {spec.most:,}")
    return value or 0.0  # never minus nought


def check_source(text: str) -> None:
    """Whatever would run in a spreadsheet is no source. Raises NoFigure."""
    if is_blank(text):
        raise NoFigure("must say who counted the figure, and where it stands")
    if len(text) > LONGEST_SOURCE:
        raise NoFigure(f"must be {LONGEST_SOURCE} characters or fewer")
    if text.startswith(FORMULA):
        raise NoFigure(f"must not begin with {text[0]}, which a spreadsheet takes for a formula")
    if has_control_characters(text):
        raise NoFigure("must not include control characters")


def check_date(day: date, today: date) -> None:
    """Raises NoFigure."""
    if day > today:
        raise NoFigure("must be today or in the past")
    if day < EARLIEST:
        raise NoFigure(f"must be {long_date(EARLIEST)} or later")
