"""How an offer reads in words, and whether somebody wants to be asked no more."""

from collections.abc import Sequence

from caseapp.offers.models import OfferHead


def in_words(head: OfferHead) -> str:
    if not head.declined:
        return "offered"
    return "declined; they may be asked again" if head.ask_again else "declined; do not ask again"


def wants_no_more(heads: Sequence[OfferHead]) -> bool:
    """By what they said last. An offer has no hour: of two on one day, the refusal counts."""
    last = max((head.on for head in heads), default=None)
    return any(head.ask_again is False for head in heads if head.on == last)
