"""What a picture from elsewhere may be made of: filled shapes, and nothing that acts or fetches."""

from __future__ import annotations

import re

from caseapp.setup.console import SetupProblem

MARKUP = re.compile(r"<[^>]*>?")
SHAPE = re.compile(r"</?(?:svg|path)(?P<attributes>[^<>&]*)>")
ATTRIBUTES = re.compile(
    r"(?:\s+(?:xmlns|width|height|viewBox|d|fill|fill-rule|clip-rule)"
    r'=(?:"http://www\.w3\.org/2000/svg"|"[\w\s.,#-]*"))*\s*/?'
)


def checked_drawing(svg: str, name: str) -> str:
    """Return the picture as it is. Raises SetupProblem for one that holds more than shapes."""
    tags = [SHAPE.fullmatch(tag) for tag in MARKUP.findall(svg)]
    if not svg.startswith("<svg") or not all(
        tag and ATTRIBUTES.fullmatch(tag["attributes"]) for tag in tags
    ):
        raise SetupProblem(f"the picture {name} holds more than shapes; was it tampered with?")
    return svg
