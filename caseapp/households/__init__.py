"""Who belongs together: children, relationships, linked cases, and people entered twice."""

from flask import Flask


def install(app: Flask) -> None:
    from caseapp.households import models  # noqa: F401
