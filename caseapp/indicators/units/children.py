"""The children in the households of cases: each of them once, in however many cases they live."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from caseapp.households.models import ChildHead
from caseapp.households.rules import ADULT_FROM
from caseapp.indicators.catalogue import CHILDREN
from caseapp.indicators.record import CaseRecord
from caseapp.indicators.units.counted import Counted, some
from caseapp.people.rules import age_on
from caseapp.vault.folding import fold_name

Themes = frozenset[str]


class Children:
    """Every child so far. It grows with their number, by a few bytes for each; no name is kept."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[date, Themes]] = {}

    def take(self, record: CaseRecord, until: date) -> None:
        """The children of one case: born by that day, under 18 and there since it was opened."""
        for row_id, child in record.children:
            if _is_there(child, record.head.opened_on, until):
                key = _same_child(child, row_id)
                since = max(record.head.opened_on, child.date_of_birth or record.head.opened_on)
                first, themes = self.known.get(key, (since, frozenset()))
                self.known[key] = min(first, since), themes | some(record.head.themes)

    def counted(self) -> Iterator[Counted]:
        """Each child with the themes of every case that they live with."""
        for since, themes in self.known.values():
            yield Counted(CHILDREN, since, {"theme": themes})


def _is_there(child: ChildHead, opened_on: date, until: date) -> bool:
    born, expected = child.date_of_birth, child.expected_on
    if born is None:
        came = expected is None or expected <= until
    else:
        came = born <= until and age_on(born, opened_on) < ADULT_FROM
    return came and (child.ended_on is None or child.ended_on > opened_on)


def _same_child(child: ChildHead, row_id: UUID) -> int:
    """Two of one name born on one day are one child, whose parents may both be known to us.

    Without a name or a day of birth, it is the same only in other cases of the same person.
    """
    name = fold_name(child.name)
    return hash((name, child.date_of_birth) if name and child.date_of_birth else row_id)
