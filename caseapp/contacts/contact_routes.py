"""Making contact: the number or address is shown only when it is safe, or for a written reason."""

from flask.typing import ResponseReturnValue

from caseapp.access.permissions import Permission
from caseapp.cases.acts import CLOSED, CaseIsClosed
from caseapp.cases.blueprint import person_of, render_case, render_form
from caseapp.cases.door import opens_case
from caseapp.cases.models import Case
from caseapp.cases.queries import find_in_case
from caseapp.clock import now
from caseapp.contacts import actions
from caseapp.contacts.blueprint import bp
from caseapp.contacts.contact_forms import ContactForm
from caseapp.contacts.models import Note
from caseapp.people.models import PersonBody
from caseapp.people.safe_contact import hours_in_words, next_safe_hour, why_unsafe
from caseapp.reference import code_list, entry
from caseapp.web.gate import current_actor


@bp.route("/cases/<uuid:case_id>/contact", methods=["GET", "POST"])
@opens_case(Permission.ADD_NOTE)
def make_contact(case: Case) -> ResponseReturnValue:
    form = ContactForm()
    if not form.validate_on_submit():
        return _ask(case, form)
    channel = form.channel.data
    against = why_unsafe(person_of(case).body.safe_contact, channel, now())
    if against and not form.why_not_safe.data:
        form.refuse("why_not_safe", "Enter why you reach them all the same")
        return _ask(case, form, against)
    is_kept = find_in_case(case, Note, form.record_id.data) is not None  # sent twice
    why = form.why_not_safe.data if against and not is_kept else ""
    try:
        actions.show_contact(form.record_id.data, case, channel, why, current_actor())
    except CaseIsClosed:
        form.refuse(None, CLOSED)
        return _ask(case, form, against)
    return _show(case, channel, against)


def _ask(case: Case, form: ContactForm, against: tuple[str, ...] = ()) -> ResponseReturnValue:
    contact, at = person_of(case).body.safe_contact, now()
    offered = [channel.code for channel in code_list("contact_channel").active]
    return render_form(
        "contacts/make_contact.html",
        case,
        form,
        safe_now=[code for code in offered if not why_unsafe(contact, code, at)],
        hours=hours_in_words(contact),
        next_hour=next_safe_hour(contact, at),
        against=against,
    )


def _show(case: Case, channel: str, against: tuple[str, ...]) -> ResponseReturnValue:
    body = person_of(case).body
    return render_case(
        "contacts/show_contact.html",
        case,
        channel=channel,
        ways=ways_of(body, channel),
        contact=body.safe_contact,
        against=against,
    )


def ways_of(body: PersonBody, channel: str) -> list[tuple[str, str]]:
    """(what it is, the number or address) that this channel needs, and nothing more."""
    address = "\n".join(part for part in (body.address, body.postcode) if part)
    known = {
        "phone": ("Phone", body.safe_contact.phone),
        "email": ("Email", body.safe_contact.email),
        "address": ("Address", address),
        "school": ("School, college or work", body.school),
    }
    shows = entry("contact_channel", channel).attributes.get("shows", "")
    return [known[name] for name in shows.split()]
