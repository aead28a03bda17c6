"""The directory of services that a person can be referred to."""

from flask import Flask


def install(app: Flask) -> None:  # noqa: ARG001 - every room is installed alike
    from caseapp.directory import models  # noqa: F401
