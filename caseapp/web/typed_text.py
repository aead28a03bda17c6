"""Text as people type and paste it, brought into one normal form."""

import re
import unicodedata

# Direction overrides and isolates can make a name read as another one, and phones paste them
# unseen. The marks that Persian and Arabic spelling needs (U+200C to U+200F) stay.
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
LINE_END = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


def one_line(text: str) -> str:
    """A single-line answer: NFC, any run of white space as one space, none at the ends."""
    return " ".join(_normal(text).split())


def many_lines(text: str) -> str:
    """A longer text: NFC, line ends as one newline, no white space at the end of a line."""
    lines = LINE_END.sub("\n", _normal(text)).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def is_blank(text: str) -> bool:
    """True when nothing can be seen: white space and zero-width characters alone."""
    return all(unicodedata.category(mark) in {"Zs", "Cf", "Cc", "Zl", "Zp"} for mark in text)


def has_control_characters(text: str) -> bool:
    """NUL and its kin: no keyboard types them, and databases and PDFs trip over them."""
    return CONTROL.search(text) is not None


def without_control_characters(text: str) -> str:
    return CONTROL.sub("", text)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", UNSEEN.sub("", text))
