"""Alleged perpetrators: what is known, from whom and how surely; and the conflict check."""

from flask import Flask


def install(app: Flask) -> None:
    from caseapp.perpetrators import models  # noqa: F401
