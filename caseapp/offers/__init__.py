"""Whether a person was asked for their voice: offered or declined, and nothing else."""

from flask import Flask


def install(_app: Flask) -> None:
    """Nothing to put in yet."""
