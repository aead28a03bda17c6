"""Which tables the releases of a year hold, and by which method they are made safe."""

from flask import Flask


def install(app: Flask) -> None:  # noqa: ARG001 - its pages come next
    from caseapp.catalogues import models  # noqa: F401
