"""The voice of victims: answers in batches, of nobody in particular."""

from flask import Flask


def install(_app: Flask) -> None:
    """Make the store known, so that it is made, checked and rotated with the rest."""
    from caseapp.surveys import models  # noqa: F401
