"""Who belongs together: children, relationships, linked cases, and people entered twice."""

from flask import Flask


def install(app: Flask) -> None:
    """Nothing yet."""
