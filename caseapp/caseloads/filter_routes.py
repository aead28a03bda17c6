"""Keeping a filter, renaming it, and letting it go."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.caseloads import kept_filters
from caseapp.caseloads.blueprint import bp
from caseapp.caseloads.filters import read_wanted
from caseapp.caseloads.forms import KeptFilterForm
from caseapp.caseloads.kept_filters import MOST_KEPT, KeptFilter, NameIsTaken, TooManyKept
from caseapp.web.gate import current_actor, needs


@bp.get("/cases/filters")
@needs(Permission.SEE_CASES)
def list_filters() -> ResponseReturnValue:
    return render_template(
        "caseloads/list_filters.html", kept=kept_filters.filters_of(current_actor())
    )


@bp.route("/cases/filters/new", methods=["GET", "POST"])
@needs(Permission.SEE_CASES)
def keep_filter() -> ResponseReturnValue:
    codes = codes_asked_for()
    if not codes:
        flash("Choose which cases to show first. Then you can keep that choice.")
        return redirect(url_for("caseloads.list_cases"))
    form, actor = KeptFilterForm(), current_actor()
    shown = url_for("caseloads.list_cases", **codes)
    if form.was_sent and kept_filters.filter_of(actor, form.record_id.data):
        return redirect(shown)
    kept = form.validate_on_submit() and _taken(
        form,
        lambda: kept_filters.keep_filter(form.record_id.data, form.name.data, codes, actor),
    )
    if not kept:
        return _answer("caseloads/keep_filter.html", form, shown=shown)
    flash("The filter is kept", "success")
    return redirect(shown)


@bp.route("/cases/filters/<uuid:filter_id>", methods=["GET", "POST"])
@needs(Permission.SEE_CASES)
def rename_filter(filter_id: UUID) -> ResponseReturnValue:
    kept = _kept(filter_id)
    stored = {"name": kept.head.name}
    form = KeptFilterForm(data=stored, record_id=kept.id, revision=kept.revision)
    if form.validate_on_submit() and form.revision.data != kept.revision:
        form.meet_conflict(KeptFilterForm(formdata=None, data=stored), kept.revision)
        return _answer("caseloads/rename_filter.html", form, status=409)
    renamed = form.validate_on_submit() and _taken(
        form, lambda: kept_filters.rename_filter(kept, form.name.data, current_actor())
    )
    if not renamed:
        return _answer("caseloads/rename_filter.html", form)
    flash("The filter has its new name", "success")
    return redirect(url_for("caseloads.list_filters"))


@bp.post("/cases/filters/<uuid:filter_id>/delete")
@needs(Permission.SEE_CASES)
def drop_filter(filter_id: UUID) -> ResponseReturnValue:
    kept_filters.drop_filter(_kept(filter_id), current_actor())
    flash("The filter is deleted", "success")
    return redirect(url_for("caseloads.list_filters"))


def codes_asked_for() -> dict[str, Any]:
    """The codes in the address that we know, and nothing else of it."""
    wanted, _ = read_wanted(request.args)
    whose = {"whose": "team"} if request.args.get("whose") == "team" else {}
    return wanted.codes | whose


def _kept(filter_id: UUID) -> KeptFilter:
    return kept_filters.filter_of(current_actor(), filter_id) or abort(404)


def _taken(form: KeptFilterForm, act: Callable[[], object]) -> bool:
    try:
        act()
    except NameIsTaken:
        form.refuse("name", "You have a filter of this name. Choose another")
        return False
    except TooManyKept:
        form.refuse(None, f"You can keep {MOST_KEPT} filters. Delete one first")
        return False
    return True


def _answer(
    template: str, form: KeptFilterForm, *, status: int | None = None, **values: str
) -> ResponseReturnValue:
    page = render_template(template, form=form, **values)
    return page, status or (422 if form.was_sent else 200)
