"""Adding a table of one's own: what it counts, then by what it is cut."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.catalogues.forms import NewTableForm, new_table_form
from caseapp.catalogues.queries import is_settled
from caseapp.catalogues.routes import bp, catalogue_in, save
from caseapp.catalogues.rules import NotATable, find_table, new_table, with_table
from caseapp.database import db
from caseapp.indicators.populations import POPULATIONS
from caseapp.web.gate import needs


@bp.get("/catalogue/<year>/new")
@needs(Permission.CHOOSE_CATALOGUE)
def choose_population(year: str) -> ResponseReturnValue:
    catalogue_in(year)
    return render_template(
        "catalogues/choose_population.html",
        year=year,
        populations=POPULATIONS,
        settled=is_settled(db.session(), year),
    )


@bp.route("/catalogue/<year>/new/<population>", methods=["GET", "POST"])
@needs(Permission.CHOOSE_CATALOGUE)
def add_table(year: str, population: str) -> ResponseReturnValue:
    catalogue = catalogue_in(year)
    known = POPULATIONS.get(population) or abort(404)
    form = new_table_form(population)
    if not form.validate_on_submit():
        return _page(year, known.words, form), (422 if form.was_sent else 200)
    broad = form["broad"].data if "broad" in form else []
    spec = new_table(population, form.dimensions.data, broad)
    try:
        known_already = find_table(catalogue, spec.name)
        chosen = catalogue if known_already else with_table(catalogue, spec)
    except NotATable as problem:
        form.refuse("dimensions", str(problem))
        return _page(year, known.words, form), 422
    return save(year, chosen, f"“{spec.title}” is added")


def _page(year: str, words: str, form: NewTableForm) -> str:
    return render_template(
        "catalogues/add_table.html",
        year=year,
        words=words,
        form=form,
        settled=is_settled(db.session(), year),
    )
