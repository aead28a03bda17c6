"""What is done with an incident: each change and its audit entry in one transaction."""

from uuid import UUID

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.incidents.models import Incident, IncidentBody, IncidentHead


def add_incident(
    incident_id: UUID, case: Case, head: IncidentHead, body: IncidentBody, by: Actor
) -> Incident:
    """Raises CaseIsClosed."""
    insist_on_open(case)
    incident = Incident(id=incident_id, case_id=case.id, author_id=by.user_id, head=head, body=body)
    db.session.add(incident)
    note_act(Kind.INCIDENT_ADDED, case, by, Permission.EDIT_CASE, subject_id=incident.id)
    return incident


def change_incident(
    case: Case, incident: Incident, head: IncidentHead, body: IncidentBody, by: Actor
) -> None:
    """Raises CaseIsClosed, and StaleDataError where somebody saved it in between."""
    insist_on_open(case)
    incident.head, incident.body = head, body
    note_act(Kind.INCIDENT_CHANGED, case, by, Permission.EDIT_CASE, subject_id=incident.id)
