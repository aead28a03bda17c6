"""How an offer reads in words."""

from caseapp.offers.models import OfferHead


def in_words(head: OfferHead) -> str:
    if not head.declined:
        return "offered"
    return "declined; they may be asked again" if head.ask_again else "declined; do not ask again"
