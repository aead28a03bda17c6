"""Noting on a case that its person was asked."""

from uuid import UUID

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import insist_on_open, note_act
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.offers.models import OfferHead, SurveyOffer


def note_offer(offer_id: UUID, case: Case, head: OfferHead, by: Actor) -> SurveyOffer:
    """Write down what they said when they were asked. Raises CaseIsClosed."""
    insist_on_open(case)
    offer = SurveyOffer(id=offer_id, case_id=case.id, author_id=by.user_id, head=head)
    db.session.add(offer)
    kind = Kind.SURVEY_DECLINED if head.declined else Kind.SURVEY_OFFERED
    note_act(kind, case, by, Permission.ADD_NOTE, subject_id=offer.id)
    return offer
