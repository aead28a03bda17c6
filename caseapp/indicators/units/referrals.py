"""The referrals of a case to other services and to the MARAC, with what was decided by a day.

A meeting that has heard somebody has accepted them. Places in a perpetrator programme are counted
by themselves: they are not for the victim.
"""

from collections.abc import Iterator
from datetime import date

from caseapp.indicators.catalogue import Unit
from caseapp.indicators.record import CaseRecord
from caseapp.indicators.units.cases import decision_on
from caseapp.indicators.units.counted import Counted, one
from caseapp.referrals.models import ACCEPTED, WAITING

MARAC = "marac"  # a code of the list referral_kind, with a form of its own


def count_referrals(record: CaseRecord, case: Unit, until: date) -> Iterator[Counted]:
    for head in record.referrals:
        if head.made_on <= until:
            own = {"referral_kind": one(head.kind), "decision": one(decision_on(head, until))}
            since = max(record.head.opened_on, head.made_on)
            yield Counted("referrals", since, {**case, **own})
    for meeting in record.marac:
        if meeting.referred_on <= until:
            heard = meeting.heard_on is not None and meeting.heard_on <= until
            own = {"referral_kind": one(MARAC), "decision": one(ACCEPTED if heard else WAITING)}
            since = max(record.head.opened_on, meeting.referred_on)
            yield Counted("referrals", since, {**case, **own})
