"""Sealed drafts: what was typed and not saved yet, readable by its writer alone.

The drafts themselves rest in the browser, sealed; the server holds none. It gives their key to a
live session of the one who typed them, and to nobody else.
"""

from flask import Flask


def install(app: Flask) -> None:
    """Register the views; which forms keep a draft is decided where forms are drawn."""
    from caseapp.drafts.routes import bp

    app.register_blueprint(bp)
