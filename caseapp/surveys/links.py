"""The address that a code is opened with: short, and without a word of what it is for."""

from flask import url_for

from caseapp.surveys.codes import as_typed


def link_of(code: str) -> str:
    """The whole address, for a message or a QR code."""
    return url_for("surveys.show_link", code=as_typed(code), _external=True)
