"""Places in a perpetrator programme that had been offered by a day, and the victim's support."""

from collections.abc import Iterator
from datetime import date

from caseapp.indicators.catalogue import Unit
from caseapp.indicators.record import CaseRecord
from caseapp.indicators.units.counted import Counted, one
from caseapp.perpetrators.models import ProgrammeHead

NOT_SUPPORTED = "not_supported"


def count_programmes(record: CaseRecord, case: Unit, until: date) -> Iterator[Counted]:
    for head in record.programmes:
        if head.offered_on <= until:
            own = {"victim_support": one(_support_on(head, until))}
            since = max(record.head.opened_on, head.offered_on)
            yield Counted("programmes", since, {**case, **own})


def _support_on(head: ProgrammeHead, day: date) -> str:
    """Support that began later was not there yet."""
    began = head.supported_since or head.offered_on
    return head.victim_support if began <= day else NOT_SUPPORTED
