"""Figures that others count: police, youth justice and populations, with source and date."""

from flask import Flask


def install(_app: Flask) -> None:
    """Register the pages of the room."""
    from caseapp.figures import models  # noqa: F401
