"""The directory: looking for a service, one service, and keeping it right."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.clock import today
from caseapp.directory import actions
from caseapp.directory.entries import entry_of, is_stale
from caseapp.directory.forms import LookForm, ServiceForm
from caseapp.directory.models import Service
from caseapp.directory.queries import every_service, find_service, services_for
from caseapp.directory.writing import write_feed
from caseapp.web.gate import current_actor, needs
from caseapp.web.leafing import page_number

bp = Blueprint("directory", __name__)

SAVED = "The service is saved"


@bp.get("/directory")
@needs(Permission.SEE_DIRECTORY)
def list_services() -> ResponseReturnValue:
    form = LookForm(formdata=request.args)
    asked = form.asked() if form.validate() else {}
    found = services_for(**asked, page=page_number())
    status = 422 if form.errors else 200
    address = url_for("directory.list_services", **_without_page())
    return _page("directory/list_services.html", form=form, found=found, address=address), status


@bp.get("/directory/services/<uuid:service_id>")
@needs(Permission.SEE_DIRECTORY)
def show_service(service_id: UUID) -> ResponseReturnValue:
    return _page("directory/show_service.html", service=_service(service_id))


@bp.route("/directory/services/new", methods=["GET", "POST"])
@needs(Permission.KEEP_DIRECTORY)
def add_service() -> ResponseReturnValue:
    form = ServiceForm(data={"last_checked_on": today()})
    if form.was_sent and find_service(form.record_id.data):
        return _to(form.record_id.data)
    if not form.validate_on_submit():
        return _form_page("directory/add_service.html", form)
    service = actions.add_service(form.entry(form.record_id.data), current_actor())
    flash(SAVED, "success")
    return _to(service.id)


@bp.route("/directory/services/<uuid:service_id>/edit", methods=["GET", "POST"])
@needs(Permission.KEEP_DIRECTORY)
def edit_service(service_id: UUID) -> ResponseReturnValue:
    service = _service(service_id)
    stored = ServiceForm.stored(entry_of(service))
    form = ServiceForm(data=stored, record_id=service.id, revision=service.revision)
    if not form.validate_on_submit():
        return _form_page("directory/edit_service.html", form)
    if form.revision.data != service.revision:
        form.meet_conflict(ServiceForm(formdata=None, data=stored), service.revision)
        return _page("directory/edit_service.html", form=form), 409
    actions.change_service(
        service, form.entry(service.id, is_open=service.is_open), current_actor()
    )
    flash(SAVED, "success")
    return _to(service.id)


@bp.post("/directory/services/<uuid:service_id>/checked")
@needs(Permission.KEEP_DIRECTORY)
def check_service(service_id: UUID) -> ResponseReturnValue:
    actions.check_service(_service(service_id), current_actor())
    flash("The service counts as checked today", "success")
    return _to(service_id)


@bp.post("/directory/services/<uuid:service_id>/close")
@needs(Permission.KEEP_DIRECTORY)
def close_service(service_id: UUID) -> ResponseReturnValue:
    actions.close_service(_service(service_id), current_actor(), is_open=False)
    flash("The service is closed. Nobody can be referred to it", "success")
    return _to(service_id)


@bp.post("/directory/services/<uuid:service_id>/reopen")
@needs(Permission.KEEP_DIRECTORY)
def reopen_service(service_id: UUID) -> ResponseReturnValue:
    actions.close_service(_service(service_id), current_actor(), is_open=True)
    flash("The service is open again", "success")
    return _to(service_id)


@bp.get("/directory/services.json")
@needs(Permission.SEE_DIRECTORY)
def export_services() -> ResponseReturnValue:
    """The whole directory as Open Referral UK JSON."""
    data = write_feed([entry_of(service) for service in every_service()])
    answer = Response(data, mimetype="application/json")
    answer.headers["Content-Disposition"] = "attachment; filename=services.json"
    return answer


def _service(service_id: UUID) -> Service:
    return find_service(service_id) or abort(404)


def _page(template: str, **values: object) -> str:
    may_keep = decide(current_actor(), Permission.KEEP_DIRECTORY) is not None
    return render_template(
        template, may_keep=may_keep, is_stale=lambda each: is_stale(each, today()), **values
    )


def _form_page(template: str, form: ServiceForm) -> ResponseReturnValue:
    return _page(template, form=form), (422 if form.was_sent else 200)


def _to(service_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("directory.show_service", service_id=service_id))


def _without_page() -> dict[str, Any]:
    return {name: values for name, values in request.args.lists() if name != "page"}
