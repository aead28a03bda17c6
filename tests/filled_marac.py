"""A referral to the MARAC that was heard, with an action of ours that is still open."""

from uuid import UUID, uuid4

from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.closure.actions import measure_outcomes
from caseapp.closure.models import MeasureBody, MeasureHead
from caseapp.marac import actions
from caseapp.marac.models import ActionBody, ActionHead, MaracBody, MaracHead
from caseapp.sharing.models import SharingBody, SharingHead
from tests.cast import Cast


def fill_marac(case: Case, cast: Cast) -> dict[str, UUID]:
    """The ids by their names in addresses: of the room, since other rooms have referrals too."""
    by, day = cast.assigned_advocate, today()
    head = MaracHead(referred_on=day, criteria=("professional_judgement",), is_repeat=False)
    shared = SharingHead(shared_on=day, with_whom="MARAC", consent="given", basis="agreed")
    body = MaracBody(reasons="He knows where she works.", outcome="The landlord changes the lock.")
    referral = actions.refer_case(
        uuid4(), case, head, body, (shared, SharingBody(what="The whole record")), by
    )
    promise = ActionHead(what="Change the lock", due_on=day)
    action = actions.add_action(uuid4(), case, referral, by.user_id, promise, ActionBody(), by)
    return {"marac.referral_id": referral.id, "marac.action_id": action.id}


def measure(case: Case, cast: Cast) -> None:
    """Nothing that an address names; it stands on the page of outcomes and in the timeline."""
    head = MeasureHead(stage="intake", measured_on=today(), points=(("feels_safe", "1"),))
    measure_outcomes(uuid4(), case, head, MeasureBody(own_words="Tired."), cast.assigned_advocate)
