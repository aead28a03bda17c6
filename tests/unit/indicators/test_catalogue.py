"""Units become tables: every table is cut from the same units, and what cannot be is refused."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.disclosure.lattice import link
from caseapp.disclosure.tables import ALL, Contradiction
from caseapp.indicators.catalogue import Catalogue, TableSpec, Unit, standard_catalogue, tables_of
from caseapp.indicators.dimensions import dimension, label
from caseapp.indicators.units.cases import case_unit
from tests.unit.indicators.invented_record import UNTIL, a_record

CATALOGUE = Catalogue(
    tables=(
        TableSpec("fine", "Fine", "cases", ("theme", "age_band")),
        TableSpec("broad", "Broad", "cases", ("theme", "age_band"), ("age_band",)),
    )
)


def a_unit(age_band: str = "16_17", *themes: str) -> Unit:
    return {"age_band": frozenset((age_band,)), "theme": frozenset(themes or ("youth_violence",))}


def test_alike_units_are_added_up_and_overlapping_ones_are_counted_in_each() -> None:
    units = [a_unit(), a_unit(), a_unit("12_15", "youth_violence", "domestic_abuse")]
    fine, broad = tables_of(CATALOGUE, {"cases": units})
    assert fine.counts == {
        ("youth_violence", "16_17"): 2,
        ("youth_violence", "12_15"): 1,
        ("domestic_abuse", "12_15"): 1,
        (ALL, "16_17"): 2,
        (ALL, "12_15"): 1,
    }
    assert broad.counts == {
        ("youth_violence", "under_25"): 3,
        ("domestic_abuse", "under_25"): 1,
        (ALL, "under_25"): 3,
    }


UNITS = st.builds(
    lambda band, themes: a_unit(band, *themes),
    st.sampled_from(dimension("age_band").categories),
    st.sets(st.sampled_from(dimension("theme").categories), min_size=1),
)


@given(st.lists(UNITS, max_size=40))
def test_tables_of_the_same_units_never_contradict_each_other(units: list[Unit]) -> None:
    lattice = link(tables_of(CATALOGUE, {"cases": units}))
    assert max(lattice.truth.values()) == len(units)


@pytest.mark.parametrize(
    "unit",
    [
        {"age_band": frozenset(("older",)), "theme": frozenset(("youth_violence",))},
        {"age_band": frozenset(("12_15", "16_17")), "theme": frozenset(("youth_violence",))},
        {"age_band": frozenset(), "theme": frozenset(("youth_violence",))},
        {"age_band": frozenset(("12_15",)), "theme": frozenset()},
    ],
)
def test_a_unit_that_is_nowhere_or_in_two_places_is_no_count(unit: Unit) -> None:
    with pytest.raises(Contradiction):
        tables_of(CATALOGUE, {"cases": [unit]})


def test_the_standard_catalogue_names_each_table_once_and_cuts_by_words_that_people_read() -> None:
    specs = standard_catalogue().tables
    assert len({spec.name for spec in specs}) == len(specs)
    for spec in specs:
        assert spec.title
        for cut in spec.cut():
            assert all(label(cut.name, node) for node in cut.nodes if node != ALL)


def test_a_case_has_every_dimension_that_its_tables_cut_by() -> None:
    unit: Mapping[str, frozenset[str]] = case_unit(a_record(), UNTIL)
    specs = [spec for spec in standard_catalogue().tables if spec.population == "cases"]
    assert {name for spec in specs for name in spec.dimensions} <= unit.keys()
