"""Taking a safety plan out on paper: the form that fits its reader, and whether it is safe."""

from flask import Flask


def install(app: Flask) -> None:
    from caseapp.prints import routes  # noqa: F401
    from caseapp.prints.blueprint import bp

    app.register_blueprint(bp)
