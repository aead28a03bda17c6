"""What is missing from the records: by team and field, the worst first."""

from flask import Flask


def install(app: Flask) -> None:
    """Register the pages of the room."""
