"""A picture from elsewhere is shapes alone."""

from __future__ import annotations

import pytest

from caseapp.setup.console import SetupProblem
from caseapp.setup.drawings import checked_drawing

SHAPES = (
    '<svg width="48" height="48" viewBox="0 0 48 48" fill="none"'
    ' xmlns="http://www.w3.org/2000/svg">\n'
    '<path fill-rule="evenodd" clip-rule="evenodd" d="M6 -8.5L9,1Z" fill="#333"/>\n</svg>\n'
)


def test_shapes_are_kept_as_they_are() -> None:
    assert checked_drawing(SHAPES, "phone.svg") == SHAPES


@pytest.mark.parametrize(
    "stowaway",
    [
        "<script>alert(1)</script>",
        '<path d="M1" onclick="alert(1)"/>',
        '<path d="M1" fill="url(file:///secret)"/>',
        '<path d="M1" style="fill:red"/>',
        '<image href="http://elsewhere.example/a.png"/>',
        '<use xlink:href="#a"/>',
        "<style>@import 'http://elsewhere.example'</style>",
        "<foreignObject><p>markup</p></foreignObject>",
        "<!DOCTYPE svg>",
        "<!-- a note -->",
        "<?xml-stylesheet href='a.css'?>",
        '<path d="&#106;"/>',
        '<path d="M1" xmlns="http://elsewhere.example"/>',
        "<path d='M1'/>",
        "<path d=M1/>",
        "<path",
    ],
)
def test_a_picture_that_holds_more_is_refused(stowaway: str) -> None:
    with pytest.raises(SetupProblem, match="phone"):
        checked_drawing(SHAPES.replace("</svg>", f"{stowaway}</svg>"), "phone.svg")


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(SetupProblem):
        checked_drawing("content", "phone.svg")
