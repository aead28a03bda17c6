"""The files of a case: all of them, a new one, one as a download, and taking one away."""

from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.attachments import actions
from caseapp.attachments.contents import Content, look_at
from caseapp.attachments.files import destroy_file, keep_file, open_file
from caseapp.attachments.forms import AttachmentForm, RemovalForm
from caseapp.attachments.models import Attachment, AttachmentHead
from caseapp.attachments.queries import attachments_of, kept_attachment
from caseapp.attachments.rules import BY_CODE, NotTaken, given_name, size_in_words
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import render_case, render_form
from caseapp.cases.door import open_case, opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import now
from caseapp.database import db
from caseapp.vault.errors import CannotOpen
from caseapp.web.errors import is_store_problem, log_failure
from caseapp.web.gate import current_actor

bp = Blueprint("attachments", __name__)

CANNOT_OPEN = CANNOT_KEEP = 503
DISK_IS_FULL = (
    "The file was not saved: the disk of the server is full or broken. Tell your administrator,"
    " then choose the file again. What you typed is kept below"
)
# Whatever the file holds, it is saved and never shown: not by type, not by guess, not in a frame.
NEVER_INLINE = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Accept-Ranges": "none",
    "X-Download-Options": "noopen",
}


@bp.get("/cases/<uuid:case_id>/files")
@opens_case(Permission.OPEN_CASE)
def list_attachments(case: Case) -> ResponseReturnValue:
    found = attachments_of(case)
    people = {row.author_id for row in found} | {
        row.head.removed_by for row in found if row.head.removed_by
    }
    return render_case(
        "attachments/list_attachments.html",
        case,
        attachments=found,
        names=names_of(people),
        kinds=BY_CODE,
        size_in_words=size_in_words,
    )


@bp.route("/cases/<uuid:case_id>/files/new", methods=["GET", "POST"])
@opens_case(Permission.ADD_NOTE)
def add_attachment(case: Case) -> ResponseReturnValue:
    form = AttachmentForm()
    if form.was_sent and find_in_case(case, Attachment, form.record_id.data):
        return _to_list(case)
    if not form.validate_on_submit():
        return render_form("attachments/add_attachment.html", case, form)
    try:
        _take_in(case, form)
    except NotTaken as refusal:
        form.refuse("file", str(refusal))
    except CaseIsClosed:
        form.refuse(None, CLOSED)
    except OSError as failure:
        return _say_disk_is_full(case, form, failure)
    else:
        flash("The file is saved", "success")
        return _to_list(case)
    return render_form("attachments/add_attachment.html", case, form)


@bp.get("/cases/<uuid:case_id>/files/<uuid:attachment_id>")
@opens_case(Permission.OPEN_CASE)
def download_attachment(case: Case, attachment_id: UUID) -> ResponseReturnValue:
    attachment = kept_attachment(case, attachment_id) or abort(404)
    actions.note_download(case, attachment, current_actor())
    db.session.commit()  # now, and not after the response: no lock is held while the file is read
    try:
        source, parts = open_file(attachment)
    except CannotOpen:
        page = {"attachment": attachment}
        return render_case("attachments/cannot_open.html", case, status=CANNOT_OPEN, **page)
    response = Response(parts, mimetype="application/octet-stream", headers=NEVER_INLINE)
    response.headers.set("Content-Disposition", "attachment", filename=attachment.head.name)
    response.content_length = attachment.head.size
    response.call_on_close(source.close)
    return response


@bp.route("/cases/<uuid:case_id>/files/<uuid:attachment_id>/remove", methods=["GET", "POST"])
@opens_case(Permission.EDIT_CASE)
def remove_attachment(case: Case, attachment_id: UUID) -> ResponseReturnValue:
    attachment = kept_attachment(case, attachment_id) or abort(404)
    form = RemovalForm(record_id=attachment.id, revision=attachment.revision)
    page: dict[str, Any] = {"attachment": attachment}
    if not form.validate_on_submit():
        return render_form("attachments/remove_attachment.html", case, form, **page)
    try:
        actions.remove_attachment(case, attachment, form.why.data, current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return render_form("attachments/remove_attachment.html", case, form, **page)
    db.session.commit()  # first the key, then the file: the other way round could lose one alone
    destroy_file(attachment.file_id)
    flash("The file is removed", "success")
    return _to_list(case)


def _say_disk_is_full(case: Case, form: AttachmentForm, failure: OSError) -> ResponseReturnValue:
    """Of a form with a file the page of failure gives nothing back, so this one does."""
    if not is_store_problem(failure):
        raise failure
    log_failure(failure)
    form.refuse(None, DISK_IS_FULL)
    return render_form("attachments/add_attachment.html", case, form, status=CANNOT_KEEP)


def _take_in(case: Case, form: AttachmentForm) -> None:
    """Sealed and on the disk first, then the one transaction, which decides again who may.

    Raises NotTaken, CaseIsClosed; no file is left then.
    """
    content = look_at(form.file.spool, form.file.sent_name)
    db.session.commit()  # that the case was opened; nobody waits while the file is written
    file_id = uuid4()
    key = keep_file(file_id, form.file.spool)
    try:
        actor = current_actor()
        case = open_case(case.id, Permission.ADD_NOTE, actor, changing=True)
        if find_in_case(case, Attachment, form.record_id.data) is None:
            head = _head(form, content, key)
            actions.add_attachment(form.record_id.data, file_id, case, head, actor)
            db.session.commit()
            return
    except BaseException:
        db.session.rollback()
        destroy_file(file_id)
        raise
    destroy_file(file_id)  # the same form was sent twice, and the other one is saved


def _head(form: AttachmentForm, content: Content, key: bytes) -> AttachmentHead:
    return AttachmentHead(
        name=given_name(form.file.sent_name, content.kind),
        kind=content.kind.code,
        size=content.size,
        digest=content.digest,
        key=key,
        description=form.description.data,
        given_by=form.given_by.data,
        is_third_party=form.is_third_party.data,
        added_at=now(),
    )


def _to_list(case: Case) -> ResponseReturnValue:
    return redirect(url_for("attachments.list_attachments", case_id=case.id), 303)
