"""What is due today, for an advocate and for the manager of a team."""

from flask import Flask


def install(app: Flask) -> None:
    """Nothing yet."""
