"""The multi-agency risk assessment conference: referral, meeting, actions, feedback."""

from flask import Flask


def install(app: Flask) -> None:
    """Nothing yet."""
