"""What the offers add to the timeline of a case."""

from collections.abc import Iterator

from caseapp.cases.contributions import TimelineEntry
from caseapp.cases.models import Case
from caseapp.offers.queries import offers_of
from caseapp.offers.rules import in_words


def entries_of(case: Case) -> Iterator[TimelineEntry]:
    for offer in offers_of(case):
        yield TimelineEntry(
            title=f"Asked for their voice: {in_words(offer.head)}",
            at=offer.head.on,
            author_id=offer.author_id,
        )
