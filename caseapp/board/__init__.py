"""One page for the board: the outcomes of the strategy, their indicators, the action plan."""

from flask import Flask


def install(app: Flask) -> None:
    """Register the pages of the room."""
