"""Pages for everybody: who can see what is written, and how far the pages are accessible."""

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from caseapp import __version__
from caseapp.web.gate import public
from caseapp.web.navigation import register_footer_link

bp = Blueprint("web", __name__)


def install_public_pages(app: Flask) -> None:
    app.register_blueprint(bp)
    register_footer_link("Who can see this data", "web.show_privacy")
    register_footer_link("Accessibility", "web.show_accessibility")


@bp.get("/privacy")
@public
def show_privacy() -> ResponseReturnValue:
    return render_template("web/show_privacy.html")


@bp.get("/accessibility")
@public
def show_accessibility() -> ResponseReturnValue:
    return render_template("web/show_accessibility.html", version=__version__)
