"""The page of the administrator, who leads information governance: by which method of a year."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.catalogues import actions
from caseapp.catalogues.actions import YearIsSettled
from caseapp.catalogues.forms import METHOD_WORDS, MethodForm
from caseapp.catalogues.queries import is_settled, method_of
from caseapp.catalogues.routes import SETTLED, bp
from caseapp.catalogues.rules import years_to_choose
from caseapp.clock import today
from caseapp.database import db
from caseapp.disclosure.rules import METHODS
from caseapp.web.gate import current_actor, needs


@bp.get("/release-method")
@needs(Permission.CHOOSE_METHOD)
def list_methods() -> ResponseReturnValue:
    """The method of each year that can be looked at."""
    session = db.session()
    years = [
        (year, METHOD_WORDS[method_of(session, year)], is_settled(session, year))
        for year in years_to_choose(today())
    ]
    return render_template("catalogues/list_methods.html", years=years)


@bp.route("/release-method/<year>", methods=["GET", "POST"])
@needs(Permission.CHOOSE_METHOD)
def choose_method(year: str) -> ResponseReturnValue:
    if year not in years_to_choose(today()):
        abort(404)
    form = MethodForm(data={"method": method_of(db.session(), year)})
    if not form.validate_on_submit():
        return _page(year, form), (422 if form.was_sent else 200)
    try:
        actions.choose_method(year, form.method.data, current_actor())
    except YearIsSettled:
        db.session.rollback()
        flash(SETTLED.format(year=year))
    else:
        flash(f"The method of {year} is saved", "success")
    return redirect(url_for("catalogues.list_methods"))


def _page(year: str, form: MethodForm) -> str:
    return render_template(
        "catalogues/choose_method.html",
        year=year,
        form=form,
        settled=is_settled(db.session(), year),
        methods=[(METHOD_WORDS[name], method.promise) for name, method in METHODS.items()],
    )
