"""The blueprint of the room, and what every page about one case shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.accounts.queries import names_of
from caseapp.cases.contributions import tabs
from caseapp.cases.door import may
from caseapp.cases.emergency import newest_access
from caseapp.cases.models import Case
from caseapp.cases.queries import read_once
from caseapp.clock import today
from caseapp.database import db
from caseapp.people.models import NeedsFlag, Person
from caseapp.people.needs import current_flags, how_to_talk, needs_in_words
from caseapp.people.queries import flags_of, in_order
from caseapp.people.rules import age_on, safe_contact_warning
from caseapp.web.forms import Form
from caseapp.web.gate import current_actor

bp = Blueprint("cases", __name__)

OWN_TABS = (
    ("Overview", "cases.show_case", Permission.OPEN_CASE),
    ("Person and needs", "cases.show_person", Permission.OPEN_CASE),
)


@dataclass(frozen=True)
class Identity:
    """The bar at the top of every page about a case: who this is and what to heed."""

    name: str
    preferred_name: str
    date_of_birth: date | None
    age: int | None
    reference: str
    risk_level: str
    safe_contact: str
    alerts: str
    needs: tuple[str, ...]
    helps: tuple[str, ...]  # how they want to be spoken to, most important first


def identity_of(case: Case, person: Person, flags: Iterable[NeedsFlag]) -> Identity:
    born = person.head.date_of_birth
    current = current_flags(flags)
    return Identity(
        name=person.full_name,
        preferred_name=person.head.preferred_name,
        date_of_birth=born,
        age=age_on(born, today()) if born else None,
        reference=case.head.reference,
        risk_level=case.risk_level,
        safe_contact=safe_contact_warning(person.body),
        alerts=person.body.alerts,
        needs=needs_in_words(current),
        helps=how_to_talk(current),
    )


def person_of(case: Case) -> Person:
    """The person of a case that was opened; there is no other way to one."""
    (person,) = read_once(case, Person, lambda: [db.session.get_one(Person, case.person_id)])
    return person


def render_case(
    template: str, case: Case, *, status: int = 200, **values: Any
) -> ResponseReturnValue:
    """A page about a case, with its identity bar, tabs and what this actor may do."""
    actor = current_actor()
    person = person_of(case)
    flags = in_order(read_once(case, NeedsFlag, lambda: flags_of(person.id)))
    page = render_template(
        template,
        case=case,
        person=person,
        flags=flags,
        identity=identity_of(case, person, flags),
        tabs=_tabs(case),
        allowed={permission.value: bool(may(actor, permission, case)) for permission in Permission},
        advocate_name=worker_name(case.advocate_id),
        emergency=newest_access(case.id, actor.user_id) if case.let_in_for_emergency else None,
        **values,
    )
    return page, status


def render_form(
    template: str, case: Case, form: Form, *, status: int | None = None, **values: Any
) -> ResponseReturnValue:
    """A form about a case: asked for, or sent back with what is wrong."""
    status = status or (422 if form.was_sent else 200)
    return render_case(template, case, status=status, form=form, **values)


def to_case(case: Case) -> ResponseReturnValue:
    return redirect(url_for("cases.show_case", case_id=case.id))


def worker_name(user_id: UUID | None) -> str:
    return names_of({user_id})[user_id] if user_id else "Nobody yet"


def _tabs(case: Case) -> list[tuple[str, str, bool]]:
    actor = current_actor()
    known = [*OWN_TABS, *((tab.label, tab.endpoint, tab.permission) for tab in tabs)]
    return [
        (label, url_for(endpoint, case_id=case.id), _is_here(endpoint))
        for label, endpoint, permission in known
        if may(actor, permission, case)
    ]


def _is_here(endpoint: str) -> bool:
    """This very page, or any page of the other room that the tab leads to."""
    room = endpoint.split(".")[0]
    return request.endpoint == endpoint or (room != bp.name and request.blueprint == room)
