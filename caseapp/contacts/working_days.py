"""The limit of the first contact, in working days."""

from datetime import date

from caseapp.reference import code_list
from caseapp.reference.working_days import working_day_after


def first_contact_by(service: str, opened_on: date) -> date | None:
    """The last day for the first contact in a case; None where its service has no limit."""
    limit = code_list("first_contact_limit").by_code.get(service)
    if limit is None or limit.retired:
        return None
    return working_day_after(opened_on, int(limit.attributes["working_days"]))
