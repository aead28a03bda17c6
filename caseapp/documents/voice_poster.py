"""What was said and what was done, as one page to hang up where people wait.

It has no field for a service, a person, a number or what it is all about: whoever waits beside it
learns nothing of anybody in the room.
"""

from __future__ import annotations

from dataclasses import dataclass

from caseapp.documents.typesetting import typeset

FILE_NAME = "poster.pdf"
TITLE = "You said, we did"
LARGE = 240  # letters of both that still fit in the largest size


@dataclass(frozen=True, kw_only=True)
class VoicePoster:
    """`said` and `did` in one short paragraph each; `when`: the months in words."""

    said: str
    did: str
    when: str

    @property
    def size(self) -> str:
        return "large" if len(self.said) + len(self.did) <= LARGE else "small"


def poster_html(poster: VoicePoster) -> str:
    """Return the whole HTML document."""
    return typeset("documents/voice_poster.html", poster=poster, title=TITLE)
