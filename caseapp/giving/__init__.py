"""Handing a survey over: a link, a card, a short code, the tablet; never knows to whom."""

from flask import Flask


def install(_app: Flask) -> None:
    """Nothing to put in yet."""
