"""Sealed drafts: what was typed and not saved yet, readable by its writer alone."""

from flask import Flask


def install(app: Flask) -> None:
    """Nothing yet."""
