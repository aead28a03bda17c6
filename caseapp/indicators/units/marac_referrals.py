"""The referrals of a case to the MARAC, and whether they say by whom and what kind of violence."""

from collections.abc import Iterator
from datetime import date

from caseapp.indicators.catalogue import Unit
from caseapp.indicators.record import CaseRecord
from caseapp.indicators.units.counted import Counted, one, some
from caseapp.marac.models import MaracHead


def count_marac(record: CaseRecord, case: Unit, until: date) -> Iterator[Counted]:
    for head in record.marac:
        if head.referred_on <= until:
            own = {
                "violence_type": some(head.violence_types),
                "marac_record": one(_what_is_recorded(head)),
            }
            since = max(record.head.opened_on, head.referred_on)
            yield Counted("marac_referrals", since, {**case, **own})


def _what_is_recorded(head: MaracHead) -> str:
    if head.perpetrator_id:
        return "both" if head.violence_types else "perpetrator_only"
    return "type_only" if head.violence_types else "neither"
