"""Open answers: the one who codes them hides who and where, and says what they are about."""

from collections import Counter
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import list_teams
from caseapp.database import db
from caseapp.surveys.actions import code_answer as keep_masked
from caseapp.surveys.queries import Heard
from caseapp.surveys.traces import wipe_soon
from caseapp.voice.blueprint import bp, page
from caseapp.voice.forms import CodingForm
from caseapp.voice.heard import waiting
from caseapp.voice.pointing import marked, point_out
from caseapp.web.gate import current_actor, needs


@bp.get("/voice/answers")
@needs(Permission.CODE_ANSWERS)
def list_answers() -> ResponseReturnValue:
    """How many wait, by month and stage; their words stand on no list."""
    waits = waiting(db.session())
    counts = Counter((each.month, each.response.stage) for each in waits)
    return page("voice/list_answers.html", counts=sorted(counts.items()), first=_first(waits))


@bp.route("/voice/answers/<uuid:batch_id>/<int:number>", methods=["GET", "POST"])
@needs(Permission.CODE_ANSWERS)
def code_answer(batch_id: UUID, number: int) -> ResponseReturnValue:
    """One answer: after it is saved nobody can read again what was hidden."""
    heard = _waiting_answer(batch_id, number) or abort(404)
    pointed = point_out(heard.answer.text, [team.name for team in list_teams()])
    form = CodingForm(heard, pointed)
    if not form.validate_on_submit():
        return page(
            "voice/code_answer.html",
            form=form,
            heard=heard,
            pieces=marked(heard.answer.text, [each.text for each in pointed]),
        ), (422 if form.was_sent else 200)
    helped = form.helped.data
    keep_masked(batch_id, number, form.masked(), helped, by=current_actor())
    wipe_soon()  # what was hidden lies in an older row of the engine's, which the key would open
    flash("The answer is masked, and in its themes", "success")
    left = _first(waiting(db.session()))
    return redirect(left or url_for("voice.list_answers"))


def _waiting_answer(batch_id: UUID, number: int) -> Heard | None:
    """One that was coded already is told of as one that there is not."""
    wanted = (batch_id, number)
    waits = waiting(db.session())
    return next((each for each in waits if (each.batch_id, each.answer.number) == wanted), None)


def _first(waits: list[Heard]) -> str | None:
    """The address of the one to begin with."""
    for each in waits:
        return url_for("voice.code_answer", batch_id=each.batch_id, number=each.answer.number)
    return None
