"""The directory of services that a person can be referred to."""

from flask import Flask


def install(app: Flask) -> None:
    """Nothing yet."""
