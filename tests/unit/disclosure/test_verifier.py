"""A reviewer checks the certificate by the worlds that were kept, without any solver."""

import zlib

import pytest

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.release import protect
from caseapp.disclosure.tables import Cell
from caseapp.disclosure.verifier import read_worlds, spans
from tests.unit.disclosure.borough import make_units, six_tables

KEY = b"one key of the disclosure tests."


@pytest.fixture(scope="module")
def editions() -> list[Edition]:
    units = make_units(240)
    april = protect(six_tables(units[:150]), KEY, "2025-04", "2025-04")
    may = protect(six_tables(units), KEY, "2025-05", "2025-04", [april], worlds=april.worlds)
    return [april, may]


def test_kept_worlds_show_four_candidates_of_every_small_count_and_flow(
    editions: list[Edition],
) -> None:
    found = list(spans(editions, editions[-1].worlds))
    assert any(not each.since for each in found)
    assert any(each.since for each in found)
    assert min(each.most - each.least for each in found) >= 3


def _first_world(plain: bytearray) -> int:
    """Where it begins: after the head, which says how long it is."""
    return 8 + int.from_bytes(plain[:8], "big")


def test_a_world_that_was_tampered_with_is_refused(editions: list[Edition]) -> None:
    kept = editions[-1].worlds
    plain = bytearray(zlib.decompress(kept))
    names, worlds = read_worlds(kept)
    total = names.index(("2025-05", Cell("cases", ())))
    plain[_first_world(plain) + 4 * total] ^= 64
    assert worlds.shape == read_worlds(zlib.compress(bytes(plain)))[1].shape
    with pytest.raises(ValueError, match="does not fit"):
        list(spans(editions, zlib.compress(bytes(plain))))


def test_a_forged_world_does_not_count_for_the_attacker(editions: list[Edition]) -> None:
    """Worlds that are handed on are checked: with forged ones the verdict stays what it was."""
    april, may = editions
    plain = bytearray(zlib.decompress(april.worlds))
    first, size = _first_world(plain), 4 * len(read_worlds(april.worlds)[0])
    plain[first : first + size] = bytes([3, 0, 0, 0]) * (size // 4)
    again = protect(
        may.tables, KEY, "2025-05", "2025-04", [april], worlds=zlib.compress(bytes(plain))
    )
    assert min(each.most - each.least for each in spans([april, again], again.worlds)) >= 3
