"""The blueprint of the room, and what its pages have in common."""

from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.blueprint import person_of, render_case
from caseapp.cases.door import may
from caseapp.cases.models import Case
from caseapp.perpetrators.conflict import NAMED_AMONG_CONTACTS, WARNING, open_teams
from caseapp.perpetrators.models import AllegedPerpetrator
from caseapp.perpetrators.queries import checks_of
from caseapp.perpetrators.rules import is_among_contacts, is_the_person, phones_of
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor

bp = Blueprint("perpetrators", __name__)

THE_PERSON = (
    "This is the name and date of birth of the person whom this case supports. Check who is who"
)


def page(template: str, case: Case, *, status: int = 200, **values: Any) -> ResponseReturnValue:
    """A page of the room, with what its reader has to heed."""
    return render_case(template, case, status=status, warnings=warnings_of(case), **values)


def form_page(
    template: str, case: Case, form: Form, *, status: int | None = None, **values: Any
) -> ResponseReturnValue:
    answered = status or (422 if form.was_sent else 200)
    return page(template, case, status=answered, form=form, **values)


def warnings_of(case: Case) -> dict[str, Any] | None:
    """The warnings of the case, for who may know of its alleged perpetrators; else None."""
    if not may(current_actor(), Permission.SEE_PERPETRATORS, case):
        return None
    heads = [check.head for check in checks_of(case)]
    found = any(open_teams(head) for head in heads)
    named = any(head.may_answer for head in heads)
    lines = [text for text, holds in ((WARNING, found), (NAMED_AMONG_CONTACTS, named)) if holds]
    may_settle = found and may(current_actor(), Permission.SETTLE_CONFLICT, case)
    return {"lines": lines, "may_settle": bool(may_settle)}


def endangers_somebody(
    case: Case, form: Any, perpetrator: AllegedPerpetrator | None = None
) -> bool:
    """Refuse the victim's own identity; ask once more where safe contact names the one who did
    it. What was typed stays in the form."""
    head, person = form.head(), person_of(case)
    phones = phones_of(perpetrator.body.facts) if perpetrator else ()
    if is_the_person(person.head, head):
        form.refuse("given_name", THE_PERSON)
    elif not form.save_all_the_same.data and is_among_contacts(
        person.body.safe_contact, head, phones
    ):
        form.refuse("save_all_the_same", f"{NAMED_AMONG_CONTACTS}, or tick that you will")
    return bool(form.errors)


def to_perpetrator(perpetrator: AllegedPerpetrator) -> ResponseReturnValue:
    return redirect(
        url_for(
            "perpetrators.show_perpetrator",
            case_id=perpetrator.case_id,
            perpetrator_id=perpetrator.id,
        )
    )
