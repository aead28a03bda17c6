"""A manager's pack: the safety plans of many cases, made in the background."""

from flask import Flask


def install(app: Flask) -> None:
    """Nothing yet."""
