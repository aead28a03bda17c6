"""Long lists are read page by page: which page the address asks for."""

from flask import request

DIGITS = 7  # what is passed over before such a page still fits into a 32-bit integer


def page_number() -> int:
    """From 1; anything that is no number of a page, or a huge one, is the first."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else 1
