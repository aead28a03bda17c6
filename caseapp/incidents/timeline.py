"""What incidents adds to the timeline of a case."""

from collections.abc import Iterator

from flask import url_for

from caseapp.access.permissions import Permission
from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.door import may
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.incidents.models import Incident
from caseapp.reference import label_of
from caseapp.web.gate import current_actor


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    may_edit = may(current_actor(), Permission.EDIT_CASE, case) is not None
    return (_of_incident(each, may_edit=may_edit) for each in rows_in(case, Incident))


def _of_incident(incident: Incident, *, may_edit: bool) -> TimelineEntry:
    url = url_for("incidents.edit_incident", case_id=incident.case_id, incident_id=incident.id)
    return TimelineEntry(
        title=f"Incident: {label_of('offence', incident.head.offence)}",
        at=incident.head.happened_on,
        author_id=incident.author_id,
        body="\n\n".join(filter(None, (incident.body.description, _outcome(incident)))),
        url=url if may_edit else "",
    )


def _outcome(incident: Incident) -> str:
    code = incident.head.outcome
    return f"Outcome: {label_of('criminal_justice_outcome', code)}" if code else ""
