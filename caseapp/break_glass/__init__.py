"""Opening a case in an emergency: a reason, a time limit, and a review the next day."""

from flask import Flask


def install(app: Flask) -> None:
    """Nothing yet."""
