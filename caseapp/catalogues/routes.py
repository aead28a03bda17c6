"""The analyst's pages of the tables of a year: the list, switching tables on and off, breadth."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.catalogues.actions import YearIsSettled, choose_tables
from caseapp.catalogues.forms import METHOD_WORDS, BreadthForm, breadth_form
from caseapp.catalogues.queries import catalogue_of, is_settled, method_of, newest_trial
from caseapp.catalogues.rules import (
    NotATable,
    find_table,
    number_of_cells,
    switched_off,
    with_breadth,
    with_table,
    without,
    years_to_choose,
)
from caseapp.catalogues.trials import TRIALS, cost_of
from caseapp.clock import today
from caseapp.database import db
from caseapp.indicators.catalogue import Catalogue, TableSpec, standard_catalogue
from caseapp.indicators.needs import cells_of, needed_by
from caseapp.indicators.populations import POPULATIONS, words_of
from caseapp.web.gate import current_actor, needs

bp = Blueprint("catalogues", __name__)
SETTLED = (
    "An edition of {year} is released, so its tables and its method stay as they are until the "
    "year ends. Choose for the next year."
)


@bp.get("/catalogue")
@needs(Permission.CHOOSE_CATALOGUE)
def choose_year() -> ResponseReturnValue:
    """To the year that can still be changed: this one, or else the next."""
    _, this, following = years_to_choose(today())
    year = following if is_settled(db.session(), this) else this
    return redirect(url_for("catalogues.list_tables", year=year))


@bp.get("/catalogue/<year>")
@needs(Permission.CHOOSE_CATALOGUE)
def list_tables(year: str) -> ResponseReturnValue:
    catalogue = catalogue_in(year)
    trial = newest_trial(db.session(), year)
    cost = cost_of(trial) if trial else None
    return render_template(
        "catalogues/list_tables.html",
        year=year,
        years=years_to_choose(today()),
        parts=_by_population(catalogue),
        off=switched_off(catalogue),
        cells=number_of_cells(catalogue),
        settled=is_settled(db.session(), year),
        method=METHOD_WORDS[method_of(db.session(), year)],
        is_standard=catalogue == standard_catalogue(),
        small=cost.small if cost else {},
        words_of=words_of,
        trial=trial,
        trying=trial is not None and TRIALS.is_running(trial),
        needed=needed_by(catalogue),
        size=lambda spec: len(cells_of(spec)),
    )


@bp.route("/catalogue/<year>/tables/<name>", methods=["GET", "POST"])
@needs(Permission.CHOOSE_CATALOGUE)
def change_table(year: str, name: str) -> ResponseReturnValue:
    """How finely one table is cut."""
    catalogue = catalogue_in(year)
    spec = find_table(catalogue, name) or abort(404)
    form = breadth_form(spec)
    if not form.validate_on_submit():
        return _table_page(year, spec, form), (422 if form.was_sent else 200)
    try:
        chosen = with_breadth(catalogue, name, form.broad())
        return save(year, chosen, "The table is changed")
    except NotATable as problem:
        form.refuse(None, str(problem))
        return _table_page(year, spec, form), 422


@bp.post("/catalogue/<year>/tables/<name>/off")
@needs(Permission.CHOOSE_CATALOGUE)
def switch_off(year: str, name: str) -> ResponseReturnValue:
    catalogue = catalogue_in(year)
    spec = find_table(catalogue, name)
    if spec is None:  # sent twice: it is off already
        return to_list(year)
    try:
        return save(year, without(catalogue, name), f"“{spec.title}” is not released in {year}")
    except NotATable as problem:
        flash(str(problem))
        return to_list(year)


@bp.post("/catalogue/<year>/tables/<name>/on")
@needs(Permission.CHOOSE_CATALOGUE)
def switch_on(year: str, name: str) -> ResponseReturnValue:
    catalogue = catalogue_in(year)
    spec = find_table(standard_catalogue(), name) or abort(404)
    if find_table(catalogue, name):
        return to_list(year)
    try:
        return save(year, with_table(catalogue, spec), f"“{spec.title}” is released in {year}")
    except NotATable as problem:
        flash(str(problem))
        return to_list(year)


@bp.post("/catalogue/<year>/standard")
@needs(Permission.CHOOSE_CATALOGUE)
def take_standard(year: str) -> ResponseReturnValue:
    """Back to the tables that come with the program."""
    catalogue_in(year)
    return save(year, standard_catalogue(), "The year has the tables that come with caseapp")


def catalogue_in(year: str) -> Catalogue:
    """The tables of a year that can be looked at here, else there is no such page."""
    if year not in years_to_choose(today()):
        abort(404)
    return catalogue_of(db.session(), year)


def save(year: str, catalogue: Catalogue, words: str) -> ResponseReturnValue:
    """Keep what was chosen and go back to the list; in a settled year it says why not."""
    try:
        choose_tables(year, catalogue, current_actor())
    except YearIsSettled:
        db.session.rollback()
        flash(SETTLED.format(year=year))
        return to_list(year)
    flash(words, "success")
    return to_list(year)


def to_list(year: str) -> ResponseReturnValue:
    return redirect(url_for("catalogues.list_tables", year=year))


def _by_population(catalogue: Catalogue) -> list[tuple[str, list[TableSpec]]]:
    """(words, its tables) of every population that has one."""
    parts = (
        (known.words, [spec for spec in catalogue.tables if spec.population == name])
        for name, known in POPULATIONS.items()
    )
    return [(words, specs) for words, specs in parts if specs]


def _table_page(year: str, spec: TableSpec, form: BreadthForm) -> str:
    return render_template(
        "catalogues/change_table.html",
        year=year,
        spec=spec,
        form=form,
        words=words_of(spec),
        settled=is_settled(db.session(), year),
        cells=len(cells_of(spec)),
        is_own=find_table(standard_catalogue(), spec.name) is None,
        needed=needed_by(catalogue_of(db.session(), year))[spec.name],
    )
