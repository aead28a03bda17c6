"""Which tables the releases of a year hold, and by which method they are made safe."""

from flask import Flask


def install(app: Flask) -> None:
    """Register the pages of the room."""
