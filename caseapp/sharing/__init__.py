"""The consent and sharing log: what was shared, with whom, why, and who decided."""

from flask import Flask


def install(app: Flask) -> None:
    """Nothing yet."""
