"""The words for tables, dimensions and codes of a release."""

from calendar import month_name

from caseapp.disclosure.long_form import MARKERS
from caseapp.disclosure.tables import ALL, Dimension
from caseapp.reference import code_list, label_of

LISTS = {
    "theme": "theme",
    "age_band": "age_band",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "ward": "ward",
    "outcome": "criminal_justice_outcome",
}
TITLES = {
    "theme_by_age_band": "Cases by theme and age band",
    "theme_by_sex": "Cases by theme and sex",
    "theme_by_ethnicity": "Cases by theme and ethnic group",
    "theme_by_ward": "Cases by theme and ward",
    "theme_by_need": "Cases by theme and needs flag",
    "theme_by_outcome": "Incidents by theme and criminal-justice outcome",
}
DIMENSIONS = {
    "theme": "Theme",
    "age_band": "Age band",
    "sex": "Sex",
    "ethnicity": "Ethnic group",
    "ward": "Ward",
    "need": "Needs flag",
    "outcome": "Criminal-justice outcome",
}
OWN = {
    ("ward", "priority_wards"): "Priority wards",
    ("ward", "other_wards"): "Other wards of the borough",
    ("need", "slcn"): "Speech, language and communication, or neurodiversity",
    ("need", "disability"): "Disability",
    ("need", "communication_need"): "Communication need",
    ("need", "other_need"): "Other need",
    ("outcome", "not_reported"): "Not reported to the police",
    ("outcome", "not_known"): "Not known",
    ("age_band", "not_known"): "Not known",
}
SHORTHAND = {marker: f"[{marker}]" for marker in MARKERS}


def table_title(name: str) -> str:
    return TITLES.get(name, name.replace("_", " ").capitalize())


def dimension_title(name: str) -> str:
    return DIMENSIONS.get(name, name.replace("_", " ").capitalize())


def node_label(dimension: Dimension, code: str) -> str:
    """The words for a category, a group or `all`."""
    if code == ALL:
        return "All"
    if (dimension.name, code) in OWN:
        return OWN[dimension.name, code]
    list_name = LISTS.get(dimension.name)
    if list_name is None:
        return code
    groups = code_list(list_name).groups
    is_group = code in groups and code not in code_list(list_name).by_code
    return groups[code] if is_group else label_of(list_name, code)


def month_words(period: str) -> str:
    """October 2026 for 2026-10."""
    return f"{month_name[int(period[5:7])]} {period[:4]}"
