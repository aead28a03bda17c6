"""The voice of victims: one-use codes, the pages that a person answers on, and answers in batches
of nobody in particular."""

from flask import Flask


def install(app: Flask) -> None:
    """The pages under /s, and the store behind them."""
    from caseapp.surveys import coming_routes, models, question_routes  # noqa: F401
    from caseapp.surveys.blueprint import bp
    from caseapp.surveys.faults import install_faults
    from caseapp.surveys.limits import install_limiter
    from caseapp.surveys.remembered import install_memory
    from caseapp.surveys.traces import install_wiper

    app.config["SURVEY_LEAVE_TO"] = app.extensions["settings"].leave_to
    install_wiper(app)
    install_limiter(app)
    install_faults(app)
    install_memory(app)
    app.register_blueprint(bp)
