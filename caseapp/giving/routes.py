"""Handing a survey over: one code on the screen, many on cards, or the device itself.

A code is on one page alone, the answer to the form. It is in no address and in no session, so that
neither Back nor a reload shows it again.
"""

from flask import Blueprint, Response, make_response, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.clock import today
from caseapp.database import db
from caseapp.documents.printer import printer
from caseapp.documents.problems import DocumentProblem
from caseapp.documents.qr_codes import qr_svg
from caseapp.documents.survey_cards import FILE_NAME, TITLE, not_reviewed, survey_cards_html
from caseapp.giving import actions
from caseapp.giving.cards import card_of, cards_of
from caseapp.giving.forms import CardsForm, DeviceForm, FactsForm
from caseapp.giving.rules import last_day, place_to_type
from caseapp.giving.shown_once import is_used, let_again, use_up
from caseapp.surveys import visits
from caseapp.surveys.codes import CodesRefused
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor, needs

REFUSED, SHOWN_ALREADY, CANNOT_PRINT = 422, 409, 503
ONLY_ONCE = (
    "What this form gave is shown once, and never again. It has given nothing new. If you need"
    " another survey, send it again"
)
NOT_PRINTED = "No card was made, and none of its codes opens anything. Send the form again"

bp = Blueprint("giving", __name__)


@bp.route("/give", methods=["GET", "POST"])
@needs(Permission.GIVE_SURVEY)
def give() -> ResponseReturnValue:
    form = FactsForm()
    if is_used(form):
        return _was_shown("giving/give.html", FactsForm(formdata=None, data=form.values()))
    codes = _codes(form, 1)
    if not codes:
        return _page("giving/give.html", form)
    card = card_of(codes[0])
    return render_template(
        "giving/show_code.html",
        card=card,
        place=place_to_type(card.link),
        qr=qr_svg(card.link, TITLE),
        last_day=last_day(today()),
        hand_over=DeviceForm(formdata=None, data={"survey_code": codes[0]}),
    )


@bp.route("/give/cards", methods=["GET", "POST"])
@needs(Permission.GIVE_SURVEY)
def print_cards() -> ResponseReturnValue:
    form = CardsForm()
    if is_used(form):
        return _was_shown("giving/print_cards.html", CardsForm(formdata=None, data=form.values()))
    codes = _codes(form, form.number.data)
    if not codes:
        return _page("giving/print_cards.html", form)
    db.session.commit()  # now, and not after the response: no lock is held while it is printed
    try:
        pdf = printer.print(survey_cards_html(cards_of(codes)))
    except DocumentProblem as problem:
        actions.take_back(codes, form.facts(), current_actor())
        let_again(form)
        form.refuse(None, f"{problem} {NOT_PRINTED}")
        return _page("giving/print_cards.html", form, CANNOT_PRINT)
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


@bp.post("/give/device")
@needs(Permission.GIVE_SURVEY)
def hand_device() -> ResponseReturnValue:
    """End the worker's session in this browser, and begin the visit of whoever takes it."""
    code = DeviceForm().survey_code.data
    actions.sign_out_for_the_next(current_actor())
    session.clear()
    response = make_response(redirect(url_for("surveys.show_start"), 303))
    visits.begin(response, code)
    # Pages that the browser has kept whole, for Back, go too. What was typed and not saved stays:
    # it is sealed, and opens for whoever typed it when they have signed in again.
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def _codes(form: FactsForm, number: int) -> list[str]:
    """As many codes, once the form is right; none where it is not, or there are none to give."""
    if not form.validate_on_submit():
        return []
    try:
        codes = actions.give_codes(form.facts(), number, current_actor())
    except CodesRefused as refusal:
        db.session.rollback()
        form.refuse(None, str(refusal))
        return []
    use_up(form)
    return codes


def _was_shown(template: str, form: Form) -> ResponseReturnValue:
    form.refuse(None, ONLY_ONCE)
    return _page(template, form, SHOWN_ALREADY)


def _page(template: str, form: Form, status: int | None = None) -> ResponseReturnValue:
    facts = {"last_day": last_day(today()), "drafts": not_reviewed()}
    return render_template(template, form=form, **facts), status or (
        REFUSED if form.was_sent else 200
    )
