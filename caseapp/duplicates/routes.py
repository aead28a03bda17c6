"""People entered twice: finding them, putting them side by side, merging, undoing."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.cases.blueprint import render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.duplicates import actions as merging
from caseapp.duplicates.actions import CannotMerge, why_not_merge
from caseapp.duplicates.blueprint import bp
from caseapp.duplicates.comparing import choose, compare
from caseapp.duplicates.door import (
    Known,
    are_kept_apart,
    merge_that_took,
    open_merge,
    open_people,
    supervises,
)
from caseapp.duplicates.forms import MergeForm, SamePersonForm, UndoForm, merge_form, proposals
from caseapp.duplicates.models import PersonMerge
from caseapp.duplicates.pairs import likely_pairs, past_merges
from caseapp.duplicates.undoing import identity_in, why_not_undo
from caseapp.households.seen import find_other_case
from caseapp.households.tie_routes import NOT_FOUND
from caseapp.people.models import Person
from caseapp.web.gate import current_actor, needs

CHANGED = (
    "One of the two records was changed while you looked at them. Your choices are kept: look at"
    " both again, then merge"
)


@bp.get("/people/duplicates")
@needs(Permission.LEAD_TEAM)
def list_duplicates() -> ResponseReturnValue:
    actor = current_actor()
    page = {"pairs": likely_pairs(actor), "merges": past_merges(actor)}
    return render_template("duplicates/list_duplicates.html", **page)


@bp.route("/cases/<uuid:case_id>/same-person", methods=["GET", "POST"])
@opens_case(Permission.ALLOCATE_CASE)
def find_same_person(case: Case) -> ResponseReturnValue:
    form = SamePersonForm()
    if form.validate_on_submit():
        other = find_other_case(form.reference.data, current_actor())
        if other is None or not supervises(current_actor(), other):
            form.refuse("reference", NOT_FOUND)
        elif other.person_id == case.person_id:
            form.refuse("reference", "Both cases are of one record already")
        else:
            return _to_merge(case.person_id, other.person_id)
    return render_form("duplicates/find_same_person.html", case, form)


@bp.route("/people/<uuid:person_id>/merge/<uuid:other_id>", methods=["GET", "POST"])
@needs(Permission.LEAD_TEAM)
def merge_people(person_id: UUID, other_id: UUID) -> ResponseReturnValue:
    done = merge_that_took(current_actor(), person_id, other_id)
    if done:
        return _merged_before(done, {person_id, other_id})
    changing = request.method == "POST"
    try:
        kept, gone = open_people(current_actor(), person_id, other_id, changing=changing)
    except NotFound:  # somebody else merged them while we waited for their lock
        done = merge_that_took(current_actor(), person_id, other_id)
        if done:
            return _merged_before(done, {person_id, other_id})
        raise
    form = _form(kept, gone)
    problem = why_not_merge(kept, gone)
    if problem:
        return _compare_page(kept, gone, form, problem)
    if form.was_sent and (form.revision.data, form.other_revision.data) != _revisions(kept, gone):
        form.revision.data, form.other_revision.data = _revisions(kept, gone)
        form.refuse(None, CHANGED)
        return _compare_page(kept, gone, form, None, status=409)
    if not form.validate_on_submit():
        return _compare_page(kept, gone, form, None)
    chosen = choose(identity_in(kept.person), identity_in(gone.person), form.chosen())
    merge = merging.merge_people(form.record_id.data, kept, gone, chosen, current_actor())
    flash("The two records are one", "success")
    return redirect(url_for("duplicates.show_merge", merge_id=merge.id))


@bp.post("/people/<uuid:person_id>/apart/<uuid:other_id>")
@needs(Permission.LEAD_TEAM)
def keep_apart(person_id: UUID, other_id: UUID) -> ResponseReturnValue:
    one, other = open_people(current_actor(), person_id, other_id, changing=True)
    if not are_kept_apart(person_id, other_id):
        merging.keep_apart(one, other, current_actor())
    flash("They are kept as two people", "success")
    return redirect(url_for("duplicates.list_duplicates"))


@bp.get("/people/merges/<uuid:merge_id>")
@needs(Permission.LEAD_TEAM)
def show_merge(merge_id: UUID) -> ResponseReturnValue:
    merge = open_merge(current_actor(), merge_id)
    (kept,) = open_people(current_actor(), merge.person_id)
    problems = why_not_undo(merge, kept, db.session.get_one(Person, merge.other_id))
    page = _of_merge(merge, kept)
    return render_template("duplicates/show_merge.html", problems=problems, **page)


@bp.route("/people/merges/<uuid:merge_id>/undo", methods=["GET", "POST"])
@needs(Permission.LEAD_TEAM)
def undo_merge(merge_id: UUID) -> ResponseReturnValue:
    form, changing = UndoForm(), request.method == "POST"
    merge = open_merge(current_actor(), merge_id, changing=changing)
    (kept,) = open_people(current_actor(), merge.person_id, changing=changing)
    if form.validate_on_submit():
        try:
            merging.undo_merge(merge, kept, current_actor())
        except CannotMerge as problem:
            form.refuse(None, str(problem))
        else:
            flash("They are two records again", "success")
            return redirect(url_for("duplicates.list_duplicates"))
    page = render_template("duplicates/undo_merge.html", form=form, **_of_merge(merge, kept))
    return page, (422 if form.was_sent else 200)


def _merged_before(done: PersonMerge, pair: set[UUID]) -> ResponseReturnValue:
    """Somebody else was quicker; nothing of theirs is undone by it."""
    if done.person_id in pair:
        flash("These two records are one already", "important")
        return redirect(url_for("duplicates.show_merge", merge_id=done.id))
    flash("One of these two records was merged with another one meanwhile", "important")
    return redirect(url_for("duplicates.list_duplicates"))


def _form(kept: Known, gone: Known) -> MergeForm:
    parts = compare(identity_in(kept.person), identity_in(gone.person))
    asked = merge_form(parts, both_open=bool(kept.open_services and gone.open_services))
    revision, other = _revisions(kept, gone)
    return asked(revision=revision, data={"other_revision": other, **proposals(parts)})


def _revisions(kept: Known, gone: Known) -> tuple[int, int]:
    return kept.person.revision, gone.person.revision


def _compare_page(
    kept: Known, gone: Known, form: MergeForm, problem: str | None, status: int | None = None
) -> ResponseReturnValue:
    if problem and form.was_sent:
        form.refuse(None, problem)
    page = render_template(
        "duplicates/merge_people.html", kept=kept, gone=gone, form=form, problem=problem
    )
    return page, status or (422 if form.was_sent else 200)


def _of_merge(merge: PersonMerge, kept: Known) -> dict[str, Any]:
    moved = set(merge.body.cases)
    return {
        "merge": merge,
        "kept": kept,
        "moved": [case for case in kept.cases if case.id in moved],
        "stayed": [case for case in kept.cases if case.id not in moved],
        "by": names_of({merge.head.by})[merge.head.by],
    }


def _to_merge(person_id: UUID, other_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("duplicates.merge_people", person_id=person_id, other_id=other_id))
