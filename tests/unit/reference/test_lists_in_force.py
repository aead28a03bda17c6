"""Which edition of a list counts on which day."""

from collections.abc import Iterator
from datetime import date

import msgspec
import pytest
import time_machine

from caseapp.reference import UnknownCode, UnknownList, choices, code_list, entry, label_of
from caseapp.reference.code_lists import CodeList, Entry
from caseapp.reference.in_force import use_editions

SEX = code_list("sex")


@pytest.fixture(autouse=True)
def shipped_lists_again_afterwards() -> Iterator[None]:
    yield
    use_editions([])


def edition(version: int, *extra: Entry) -> CodeList:
    return msgspec.structs.replace(SEX, version=version, entries=(*SEX.entries, *extra))


def test_the_homes_own_edition_counts_before_the_shipped_one() -> None:
    use_editions([(date(2020, 1, 1), edition(2, Entry("intersex", "Intersex")))])
    assert ("intersex", "Intersex") in choices("sex")


def test_of_two_editions_in_force_the_higher_version_counts() -> None:
    use_editions([(date(2020, 1, 1), edition(3)), (date(2021, 1, 1), edition(2))])
    assert code_list("sex").version == 3


def test_an_edition_of_a_later_day_waits_for_its_day() -> None:
    with time_machine.travel("2026-03-31 12:00", tick=False) as clock:
        use_editions([(date(2026, 4, 1), edition(2))])
        assert code_list("sex").version == 1
        clock.move_to("2026-04-01 12:00")
        assert code_list("sex").version == 2


def test_a_retired_code_is_not_offered_but_keeps_its_label() -> None:
    use_editions([(date(2020, 1, 1), edition(2, Entry("old", "Old word", retired=True)))])
    assert "old" not in dict(choices("sex"))
    assert label_of("sex", "old") == "Old word"


def test_a_code_that_only_the_shipped_list_has_keeps_its_label() -> None:
    shorter = msgspec.structs.replace(SEX, version=2, entries=SEX.entries[:1])
    use_editions([(date(2020, 1, 1), shorter)])
    assert label_of("sex", "male") == "Male"


def test_a_record_with_an_unknown_code_can_still_be_shown() -> None:
    assert label_of("sex", "martian") == "martian (not in the list)"
    with pytest.raises(UnknownCode):
        entry("sex", "martian")


def test_a_list_that_does_not_exist_is_a_mistake_of_the_program() -> None:
    with pytest.raises(UnknownList):
        label_of("sweets", "fudge")
