"""What was heard: open answers put into themes, results, and what was done about them."""

from flask import Flask


def install(_app: Flask) -> None:
    """Nothing to put in yet."""
