"""Asking for somebody's voice: whether it is safe now, what they said, and on to the survey.

The page that hands a survey over gets nothing from here: no case, no person, no offer.
"""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_case, render_form, to_case
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import now, today
from caseapp.offers import actions
from caseapp.offers.forms import OfferForm
from caseapp.offers.models import OfferHead, SurveyOffer
from caseapp.offers.queries import offers_of
from caseapp.offers.rules import in_words, wants_no_more
from caseapp.people.safe_contact import hours_in_words, why_unsafe
from caseapp.reference import code_list
from caseapp.web.gate import current_actor

bp = Blueprint("offers", __name__)


@bp.route("/cases/<uuid:case_id>/voice", methods=["GET", "POST"])
@opens_case(Permission.ADD_NOTE)
def offer(case: Case) -> ResponseReturnValue:
    form = OfferForm()
    if form.was_sent and (kept := find_in_case(case, SurveyOffer, form.record_id.data)):
        return _lead_on(case, kept.head)
    if not form.validate_on_submit():
        return _ask(case, form)
    try:
        noted = actions.note_offer(form.record_id.data, case, form.head(today()), current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _ask(case, form)
    return _lead_on(case, noted.head)


@bp.get("/cases/<uuid:case_id>/voice/offered")
@opens_case(Permission.ADD_NOTE)
def lead_on(case: Case) -> ResponseReturnValue:
    """That it is noted, and the way to the survey."""
    return render_case("offers/lead_on.html", case)


def _ask(case: Case, form: OfferForm) -> ResponseReturnValue:
    contact, at, asked = person_of(case).body.safe_contact, now(), offers_of(case)
    ways = [way.code for way in code_list("contact_channel").active]
    return render_form(
        "offers/offer.html",
        case,
        form,
        hours=hours_in_words(contact),
        safe_now=[way for way in ways if not why_unsafe(contact, way, at)],
        asked=[(each.head.on, in_words(each.head)) for each in asked],
        wants_no_more=wants_no_more([each.head for each in asked]),
    )


def _lead_on(case: Case, head: OfferHead) -> ResponseReturnValue:
    if not head.declined:
        return redirect(url_for("offers.lead_on", case_id=case.id))
    flash("It is noted that they declined", "success")
    return to_case(case)
