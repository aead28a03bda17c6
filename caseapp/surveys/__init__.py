"""The voice of victims: one-use codes, the pages that a person answers on, and answers in batches
of nobody in particular."""

from flask import Flask


def install(app: Flask) -> None:
    """The pages under /s, and the store behind them."""
    from caseapp.surveys import models  # noqa: F401
    from caseapp.surveys.traces import install_wiper

    install_wiper(app)
