"""Whether somebody wants to be asked no more, by what they said last."""

from datetime import date

import pytest

from caseapp.offers.models import OfferHead
from caseapp.offers.rules import wants_no_more

MAY, JUNE = date(2026, 5, 20), date(2026, 6, 3)
NO_MORE = {"declined": True, "ask_again": False}
LATER = {"declined": True, "ask_again": True}
OFFERED = {"declined": False}


@pytest.mark.parametrize(
    ("said", "wants"),
    [
        ([], False),
        ([(MAY, OFFERED)], False),
        ([(MAY, LATER)], False),
        ([(MAY, NO_MORE)], True),
        ([(JUNE, OFFERED), (MAY, NO_MORE)], False),
        ([(JUNE, NO_MORE), (MAY, OFFERED)], True),
        ([(JUNE, OFFERED), (JUNE, NO_MORE)], True),
        ([(JUNE, NO_MORE), (JUNE, OFFERED)], True),
    ],
)
def test_what_they_said_last_counts_and_a_refusal_before_an_offer_of_one_day(
    said: list[tuple[date, dict[str, bool]]], wants: bool
) -> None:
    for heads in (said, said[::-1]):
        assert wants_no_more([OfferHead(on=on, **words) for on, words in heads]) is wants
