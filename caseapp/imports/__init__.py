"""Bringing an existing caseload in from a spreadsheet."""

from flask import Flask


def install(app: Flask) -> None:
    """Nothing yet."""
