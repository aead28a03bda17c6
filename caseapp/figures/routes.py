"""The analyst's pages of figures: the list of a year, one figure, the people of the borough."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.clock import today
from caseapp.database import db
from caseapp.disclosure.long_form import csv_text
from caseapp.figures import actions
from caseapp.figures.catalogue import FigureSpec, census, figure_specs
from caseapp.figures.csv_file import COLUMNS, LABEL
from caseapp.figures.forms import FigureForm, PopulationForm, YearForm, population_form
from caseapp.figures.models import EnteredFigure, PopulationTable
from caseapp.figures.queries import (
    figures_for,
    populations,
    populations_until,
    versions_of,
)
from caseapp.figures.rules import parts_above_their_whole, sums_that_differ
from caseapp.figures.years import NoYear, read_year
from caseapp.web.gate import current_actor, needs

bp = Blueprint("figures", __name__)


@bp.get("/figures")
@needs(Permission.KEEP_FIGURES)
def list_figures() -> ResponseReturnValue:
    form = YearForm(formdata=request.args)
    year = form.chosen()
    entered = figures_for(db.session(), year)
    return render_template(
        "figures/list_figures.html",
        form=form,
        year=year,
        specs=list(figure_specs().values()),
        entered=entered,
        warnings=[*parts_above_their_whole(entered)],
        population=populations(db.session(), year),
    )


@bp.route("/figures/<year>/<code>", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def enter_figure(year: str, code: str) -> ResponseReturnValue:
    """A figure with its versions, and the form for the next one."""
    spec = _spec(year, code)
    versions = versions_of(db.session(), year, code)
    form = FigureForm(spec, versions)
    if form.was_sent and form.record_id.data in {each.id for each in versions}:
        return _to_list(year)
    if not form.validate_on_submit():
        return _figure_page(year, form, versions), (422 if form.was_sent else 200)
    if form.revision.data == len(versions) and _is_entered(year, form):
        flash("The figure is saved", "success")
        return _to_list(year)
    versions = versions_of(db.session(), year, code)
    form.meet_conflict(FigureForm(spec, versions, formdata=None), len(versions))
    return _figure_page(year, form, versions), 409


@bp.post("/figures/<year>/<code>/withdraw")
@needs(Permission.KEEP_FIGURES)
def withdraw_figure(year: str, code: str) -> ResponseReturnValue:
    spec = _spec(year, code)
    versions = versions_of(db.session(), year, code)
    if versions and versions[-1].head.value is not None:
        actions.withdraw_figure(versions[-1], current_actor())
        flash("The figure is withdrawn. It counts as missing", "success")
    return redirect(url_for("figures.enter_figure", year=year, code=spec.code))


@bp.route("/populations/<year>", methods=["GET", "POST"])
@needs(Permission.KEEP_FIGURES)
def enter_population(year: str) -> ResponseReturnValue:
    """The people that rates of a year are worked out in, and the form for another table."""
    _insist_on_year(year)
    own = _own_tables(year)
    form = population_form(own)
    if form.was_sent and form.record_id.data in {each.id for each in own}:
        return redirect(url_for("figures.enter_population", year=year))
    if not form.validate_on_submit():
        return _population_page(year, form), (422 if form.was_sent else 200)
    if form.revision.data == len(own) and _is_table_entered(year, form):
        flash("The table is saved", "success")
        return redirect(url_for("figures.enter_population", year=year))
    own = _own_tables(year)
    form.meet_conflict(population_form(own, formdata=None), len(own))
    return _population_page(year, form), 409


@bp.get("/figures/<year>.csv")
@needs(Permission.KEEP_FIGURES)
def download_figures(year: str) -> ResponseReturnValue:
    """What is entered, with a line to fill in for what is not."""
    _insist_on_year(year)
    entered = figures_for(db.session(), year)
    rows = [_csv_row(year, spec, entered.get(code)) for code, spec in figure_specs().items()]
    text = csv_text((*COLUMNS[:2], LABEL, *COLUMNS[2:]), rows)
    answer = Response("\ufeff" + text, mimetype="text/csv")  # Excel reads UTF-8 by that mark alone
    answer.headers["Content-Disposition"] = f'attachment; filename="figures-{year}.csv"'
    return answer


def _csv_row(year: str, spec: FigureSpec, entered: Any) -> tuple[object, ...]:
    if entered is None:
        return spec.code, year, spec.label, None, None, None
    value = int(entered.value) if spec.whole else entered.value
    return spec.code, year, spec.label, value, entered.source, entered.dated_on.isoformat()


def _is_entered(year: str, form: FigureForm) -> bool:
    """False where somebody was quicker in this very moment."""
    try:
        actions.enter_figure(
            form.record_id.data, year, form.spec.code, form.head(), current_actor()
        )
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def _is_table_entered(year: str, form: PopulationForm) -> bool:
    try:
        actions.enter_population(form.record_id.data, year, form.head(), current_actor())
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def _own_tables(year: str) -> list[PopulationTable]:
    return [each for each in populations_until(db.session(), year) if each.year == year]


def _figure_page(year: str, form: FigureForm, versions: list[EnteredFigure]) -> str:
    return render_template(
        "figures/enter_figure.html",
        form=form,
        spec=form.spec,
        year=year,
        versions=versions[::-1],
        names=names_of({each.author_id for each in versions}),
    )


def _population_page(year: str, form: PopulationForm) -> str:
    tables = populations_until(db.session(), year)
    population = populations(db.session(), year)
    return render_template(
        "figures/enter_population.html",
        form=form,
        year=year,
        population=population,
        groups=census().groups,
        tables=tables[::-1],
        census=census(),
        warnings=[*sums_that_differ(population.groups)],
        names=names_of({each.author_id for each in tables}),
    )


def _spec(year: str, code: str) -> FigureSpec:
    _insist_on_year(year)
    return figure_specs().get(code) or abort(404)


def _insist_on_year(year: str) -> None:
    try:
        known = read_year(year, today())
    except NoYear:
        abort(404)
    if known != year:
        abort(404)


def _to_list(year: str) -> ResponseReturnValue:
    return redirect(url_for("figures.list_figures", year=year))
