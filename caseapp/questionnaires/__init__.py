"""What is asked: questionnaires in versions, in the seven languages."""

from flask import Flask


def install(_app: Flask) -> None:
    """Nothing to put in yet."""
