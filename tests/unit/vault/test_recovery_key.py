"""The printed recovery key: a typing slip is told apart, and its group named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.vault.recovery_key import (
    SYMBOLS,
    RecoveryKeySlip,
    new_recovery_key,
    read_recovery_key,
)

KNOWN = "2345V-6789Q-2345X-6789S-ABCDM-EFGHF-WXYZ9-WXYZA"


def test_eight_groups_of_five_are_printed() -> None:
    groups = new_recovery_key().split("-")
    assert [len(group) for group in groups] == [5] * 8


def test_the_known_key_reads_as_its_symbols() -> None:
    assert read_recovery_key(KNOWN) == "2345678923456789ABCDEFGHWXYZWXYZ"


@pytest.mark.parametrize("typed", [KNOWN.lower(), KNOWN.replace("-", " "), f"  {KNOWN}\n"])
def test_case_spaces_and_hyphens_do_not_count(typed: str) -> None:
    assert read_recovery_key(typed) == read_recovery_key(KNOWN)


@given(place=st.integers(0, 39), symbol=st.sampled_from(SYMBOLS))
def test_every_wrong_symbol_is_a_slip_in_its_group(place: int, symbol: str) -> None:
    symbols = list(KNOWN.replace("-", ""))
    was, symbols[place] = symbols[place], symbol
    if symbol == was:
        assert read_recovery_key("".join(symbols))
    else:
        with pytest.raises(RecoveryKeySlip, match=f"Group {place // 5 + 1} "):
            read_recovery_key("".join(symbols))


@given(key=st.builds(new_recovery_key), place=st.integers(0, 39))
def test_two_neighbours_swapped_in_a_group_are_a_slip(key: str, place: int) -> None:
    symbols = list(key.replace("-", ""))
    if place % 5 == 4 or symbols[place] == symbols[place + 1]:
        return
    symbols[place : place + 2] = symbols[place + 1], symbols[place]
    with pytest.raises(RecoveryKeySlip):
        read_recovery_key("".join(symbols))


def test_two_groups_swapped_are_a_slip() -> None:
    groups = KNOWN.split("-")
    with pytest.raises(RecoveryKeySlip, match="Group 1 "):
        read_recovery_key("-".join([groups[2], groups[1], groups[0], *groups[3:]]))


@pytest.mark.parametrize("typed", ["", "2", KNOWN[:-1], KNOWN + "2"])
def test_a_missing_or_extra_symbol_is_a_slip(typed: str) -> None:
    with pytest.raises(RecoveryKeySlip, match="8 groups of 5"):
        read_recovery_key(typed)


@pytest.mark.parametrize("letter", ["0", "1", "I", "L", "O", "é", "ı"])
def test_a_symbol_that_is_never_printed_is_a_slip(letter: str) -> None:
    with pytest.raises(RecoveryKeySlip):
        read_recovery_key(letter + KNOWN[1:])
