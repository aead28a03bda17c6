"""The words for tables, ways of cutting and codes of a release: those of the catalogue."""

from calendar import month_name

from caseapp.disclosure.long_form import MARKERS
from caseapp.disclosure.tables import ALL, Dimension, Table
from caseapp.indicators.catalogue import standard_catalogue
from caseapp.indicators.dimensions import cuts, label

SHORTHAND = {marker: f"[{marker}]" for marker in MARKERS}
COUNTED = {
    "cases": "Cases",
    "incidents": "Incidents",
    "marac_referrals": "MARAC referrals",
    "referrals": "Referrals to other services",
    "programmes": "Offers of a perpetrator programme",
    "children": "Children in the households of cases",
    "survey_responses": "Survey responses",
    "community_responses": "Community survey responses",
}


def table_title(table: Table) -> str:
    """The title that the catalogue gives, or one put together of what is counted and how. Never
    anything that somebody typed."""
    for spec in standard_catalogue().tables:
        if (spec.name, spec.population, spec.dimensions) == (table.name, *_what(table)):
            return spec.title
    first, *others = (_inside_a_sentence(dimension_title(each.name)) for each in table.dimensions)
    ways = f"{', '.join([first, *others[:-1]])} and {others[-1]}" if others else first
    return f"{counted(table)} by {ways}"


def counted(table: Table) -> str:
    """What is counted: Cases, Incidents …"""
    return COUNTED.get(table.population, table.population.replace("_", " ").capitalize())


def dimension_title(name: str) -> str:
    return cuts()[name].title


def node_label(dimension: Dimension, code: str) -> str:
    """The words for a category, a group or `all`."""
    return "All" if code == ALL else label(dimension.name, code)


def month_words(period: str) -> str:
    """October 2026 for 2026-10."""
    return f"{month_name[int(period[5:7])]} {period[:4]}"


def _what(table: Table) -> tuple[str, tuple[str, ...]]:
    return table.population, tuple(each.name for each in table.dimensions)


def _inside_a_sentence(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
