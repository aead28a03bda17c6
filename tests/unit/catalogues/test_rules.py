"""What may be changed in a catalogue, and which tables can be added."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.catalogues.rules import (
    MOST_CELLS,
    NotATable,
    can_be_broad,
    new_table,
    number_of_cells,
    switched_off,
    with_breadth,
    with_table,
    without,
    years_to_choose,
)
from caseapp.disclosure.lattice import link
from caseapp.disclosure.tables import ALL
from caseapp.indicators.catalogue import Catalogue, standard_catalogue, tables_of
from caseapp.indicators.needs import cells_of, indicators_without, needed_by
from caseapp.indicators.populations import POPULATIONS

STANDARD = standard_catalogue()


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2026, 3, 31), ("2024-25", "2025-26", "2026-27")),
        (date(2026, 4, 1), ("2025-26", "2026-27", "2027-28")),
        (date(2099, 12, 1), ("2098-99", "2099-00", "2100-01")),
    ],
)
def test_the_last_year_this_one_and_the_next_can_be_looked_at(
    day: date, years: tuple[str, str, str]
) -> None:
    assert years_to_choose(day) == years


def test_every_indicator_of_our_own_has_its_cells_in_the_standard_catalogue() -> None:
    assert indicators_without(STANDARD) == []


def test_the_cells_of_a_table_are_those_that_it_publishes() -> None:
    for spec, table in zip(STANDARD.tables, tables_of(STANDARD, {}), strict=True):
        assert cells_of(spec) == {table.cell(key) for key in table.published()}
    assert number_of_cells(STANDARD) == len(link(tables_of(STANDARD, {})).truth)


def test_a_table_that_is_the_only_source_of_an_indicator_says_so_and_no_other() -> None:
    needed = needed_by(STANDARD)
    assert needed["theme_by_suspect"] == [24]
    assert needed["theme_by_source"] == []
    for spec in STANDARD.tables:
        assert indicators_without(without(STANDARD, spec.name)) == needed[spec.name]


def test_switching_a_table_off_and_on_again_changes_nothing() -> None:
    for spec in STANDARD.tables:
        fewer = without(STANDARD, spec.name)
        assert switched_off(fewer) == [spec]
        assert with_table(fewer, spec) == STANDARD


def test_the_last_table_stays() -> None:
    one = Catalogue(STANDARD.tables[:1])
    with pytest.raises(NotATable, match="at least one"):
        without(one, one.tables[0].name)


def test_a_dimension_made_broad_shows_its_groups_alone() -> None:
    changed = with_breadth(STANDARD, "theme_by_age_band_and_sex", ["age_band"])
    cut = changed.tables[0].cut()[1]
    assert cut.nodes == (ALL, "under_25", "over_24", "not_known")
    assert number_of_cells(changed) < number_of_cells(STANDARD)
    assert with_breadth(changed, "theme_by_age_band_and_sex", []) == STANDARD


def test_a_table_that_shows_nothing_new_is_refused_by_the_name_of_the_other() -> None:
    with pytest.raises(NotATable, match="Cases by theme, age and sex"):
        with_table(STANDARD, new_table("cases", ["sex", "theme"], []))


def test_a_table_that_is_too_fine_is_refused_with_its_size() -> None:
    with pytest.raises(NotATable, match=f"more than {MOST_CELLS:,}"):
        with_table(STANDARD, new_table("incidents", ["ward", "offence", "outcome"], []))


def test_the_title_of_an_own_table_is_made_and_not_typed() -> None:
    spec = new_table("referrals", ["sex", "referral_kind", "age_band"], ["age_band"])
    assert spec.title == (
        "Referrals to other services by kind of referral, age when the case was opened (groups) "
        "and sex"
    )
    assert spec.name == "own_referrals_by_referral_kind_and_age_band_groups_and_sex"
    assert spec.grouped == ("age_band",)


@settings(deadline=None)  # a busy machine is slow, and nothing else is wrong with it
@given(st.data())
def test_any_table_of_one_s_own_fits_beside_the_others(data: st.DataObject) -> None:
    population = data.draw(st.sampled_from(sorted(POPULATIONS)))
    known = POPULATIONS[population].dimensions
    chosen = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=2, unique=True))
    broad = [name for name in can_be_broad(chosen) if data.draw(st.booleans())]
    spec = new_table(population, chosen, broad)
    try:
        wider = with_table(STANDARD, spec)
    except NotATable:
        assert any(cells_of(spec) <= cells_of(other) for other in STANDARD.tables)
    else:
        link(tables_of(wider, {}))
        assert number_of_cells(wider) > number_of_cells(STANDARD)
