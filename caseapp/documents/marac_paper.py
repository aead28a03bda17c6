"""A referral to the MARAC on paper, for its coordinator, and how it becomes HTML."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseapp.documents.typesetting import typeset

# Neutral: whoever sees the name of the file must not learn from it what it is.
FILE_NAME = "referral.pdf"
TITLE = "Referral"


@dataclass(frozen=True, kw_only=True)
class MaracPaper:
    """`facts`: short answers (question, answer); `sections`: long ones, in the order of reading."""

    referred_on: date
    facts: tuple[tuple[str, str], ...]
    sections: tuple[tuple[str, str], ...]


def marac_html(paper: MaracPaper) -> str:
    """Return the whole HTML document."""
    return typeset("documents/marac_referral.html", paper=paper, title=TITLE)
