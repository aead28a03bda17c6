"""Files of a case: sealed on the way in, given out as downloads alone."""

from flask import Flask


def install(app: Flask) -> None:
    from caseapp.attachments import models  # noqa: F401
