"""You said, we did: the findings, one of them, how they are kept, and the poster."""

from uuid import UUID

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.database import db
from caseapp.documents.printer import printer
from caseapp.documents.problems import DocumentProblem
from caseapp.documents.voice_poster import FILE_NAME, VoicePoster, poster_html
from caseapp.strategy.queries import find_action
from caseapp.voice import actions
from caseapp.voice.blueprint import bp, page
from caseapp.voice.forms import FindingForm, what_differs
from caseapp.voice.models import Finding
from caseapp.voice.months import months_words
from caseapp.voice.pointing import point_out
from caseapp.voice.queries import find_finding, findings
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor, needs

CANNOT_PRINT = 503


@bp.get("/voice/findings")
@needs(Permission.SEE_VOICE)
def list_findings() -> ResponseReturnValue:
    return page("voice/list_findings.html", findings=findings(db.session()))


@bp.get("/voice/findings/<uuid:finding_id>")
@needs(Permission.SEE_VOICE)
def show_finding(finding_id: UUID) -> ResponseReturnValue:
    return _finding_page(_finding(finding_id))


@bp.get("/voice/findings/<uuid:finding_id>/poster.pdf")
@needs(Permission.SEE_VOICE)
def print_poster(finding_id: UUID) -> ResponseReturnValue:
    """One page for a waiting room; there is none before there is something to say."""
    finding = _finding(finding_id)
    head = finding.head
    if not head.done:
        abort(404)
    poster = VoicePoster(said=head.said, did=head.done, when=months_words(head.since, head.until))
    db.session.commit()  # nothing is written: no lock is held while it is printed
    try:
        pdf = printer.print(poster_html(poster))
    except DocumentProblem as problem:
        return _finding_page(_finding(finding_id), str(problem)), CANNOT_PRINT
    headers = {"Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


@bp.route("/voice/findings/new", methods=["GET", "POST"])
@needs(Permission.KEEP_FINDINGS)
def add_finding() -> ResponseReturnValue:
    form = FindingForm()
    if form.was_sent and find_finding(db.session(), form.record_id.data):
        return _to(form.record_id.data)
    if not form.validate_on_submit():
        return _form_page("voice/add_finding.html", form)
    finding_id = form.record_id.data
    actions.add_finding(finding_id, form.action_id(), form.head(), current_actor())
    flash("The finding is saved", "success")
    return _to(finding_id)


@bp.route("/voice/findings/<uuid:finding_id>/edit", methods=["GET", "POST"])
@needs(Permission.KEEP_FINDINGS)
def edit_finding(finding_id: UUID) -> ResponseReturnValue:
    finding = _finding(finding_id)
    kept = FindingForm.stored(finding)
    form = FindingForm(data=kept, record_id=finding.id, revision=finding.revision)
    stored = FindingForm(formdata=None, data=kept)
    if not form.validate_on_submit():
        return _form_page("voice/edit_finding.html", form, finding=finding)
    if form.revision.data != finding.revision:
        form.meet_conflict(stored, finding.revision)
        return page("voice/edit_finding.html", form=form, finding=finding), 409
    before = what_differs(stored, form)
    if before:
        head = form.head(finding.head)
        actions.change_finding(finding, form.action_id(), head, before, current_actor())
    flash("The finding is saved", "success")
    return _to(finding.id)


def _finding(finding_id: UUID) -> Finding:
    return find_finding(db.session(), finding_id) or abort(404)


def _finding_page(finding: Finding, problem: str = "") -> str:
    head = finding.head
    return page(
        "voice/show_finding.html",
        finding=finding,
        action=find_action(db.session(), finding.action_id) if finding.action_id else None,
        pointed=[each.text for text in (head.said, head.done) for each in point_out(text)],
        names=names_of({finding.author_id, *(change.by for change in head.changes)}),
        problem=problem,
    )


def _form_page(template: str, form: Form, **values: object) -> ResponseReturnValue:
    return page(template, form=form, **values), (422 if form.was_sent else 200)


def _to(finding_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("voice.show_finding", finding_id=finding_id))
