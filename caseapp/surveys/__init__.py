"""The voice of victims: answers in batches, of nobody in particular. Knows no person and no case."""

from flask import Flask


def install(app: Flask) -> None:
    """Register the pages of the room."""
