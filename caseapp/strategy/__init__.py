"""The partnership's action plan: objectives, actions, owners, progress, evidence."""

from flask import Flask


def install(_app: Flask) -> None:
    """Register the pages of the room."""
    from caseapp.strategy import models  # noqa: F401
