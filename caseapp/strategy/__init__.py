"""The partnership's action plan: objectives, actions, owners, progress, evidence."""

from flask import Flask


def install(app: Flask) -> None:
    """Register the pages of the room."""
