"""What was said and what was done, as one page to hang up where people wait.

It has no field for a service, a person, a number or what it is all about: whoever waits beside it
learns nothing of anybody in the room.
"""

from __future__ import annotations

from dataclasses import dataclass

from caseapp.documents.letter_widths import lines_of
from caseapp.documents.typesetting import typeset

FILE_NAME = "poster.pdf"
TITLE = "You said, we did"
SIZES = (40, 34, 28, 24, 20, 18, 16, 14, 12)  # points, to be read from as far away as can be
# What one page leaves to the words of both frames, in points, as in the template. A line is higher
# there where its letters are of several typefaces.
WIDTH, HEIGHT, LINE = 436.0, 385.0, 1.45


@dataclass(frozen=True, kw_only=True)
class VoicePoster:
    """`said` and `did` in one short paragraph each; `when`: the months in words."""

    said: str
    did: str
    when: str

    @property
    def size(self) -> int:
        """The largest type in which both fit on the page, in points."""
        return next((size for size in SIZES if self._height(size) <= HEIGHT), SIZES[-1])

    def _height(self, size: int) -> float:
        lines = sum(lines_of(text, size=size, width=WIDTH) for text in (self.said, self.did))
        return lines * size * LINE


def poster_html(poster: VoicePoster) -> str:
    """Return the whole HTML document."""
    return typeset("documents/voice_poster.html", poster=poster, title=TITLE)
