"""The lists that come with the program: what other rooms rely on."""

import pytest

from caseapp.reference import choices, code_list, label_of, list_names

NEEDED = {
    "age_band",
    "case_status",
    "closure_reason",
    "communication_need",
    "consent_basis",
    "contact_channel",
    "contact_made",
    "contact_outcome",
    "criminal_justice_outcome",
    "da_type",
    "disability",
    "disability_limits",
    "ethnicity",
    "ethnicity_source",
    "gender_identity",
    "immigration_status",
    "other_borough",
    "public_funds",
    "sexual_orientation",
    "first_contact_limit",
    "no_outcome_reason",
    "note_type",
    "offence",
    "other_need",
    "place_type",
    "plan_section_domestic_abuse",
    "plan_section_youth_violence",
    "referral_decision",
    "referral_kind",
    "referral_source",
    "relationship",
    "residence",
    "risk_level",
    "service",
    "sex",
    "slcn",
    "slcn_status",
    "theme",
    "ward",
    "weapon",
    "weekday",
}
LONGEST_SENTENCE = 18  # words; reading age 9


def test_every_list_that_a_form_offers_is_shipped() -> None:
    assert set(list_names()) >= NEEDED


@pytest.mark.parametrize("name", list_names())
def test_a_list_says_where_it_comes_from(name: str) -> None:
    assert code_list(name).source.strip()
    assert code_list(name).name == name


@pytest.mark.parametrize("name", list_names())
def test_no_two_entries_of_a_list_read_alike(name: str) -> None:
    labels = [label for _, label in choices(name)]
    assert len(labels) == len(set(labels))


def test_ethnicity_has_the_nineteen_groups_of_the_census_and_keeps_the_unknown_apart() -> None:
    entries = code_list("ethnicity").entries
    known = [entry for entry in entries if entry.group != "unknown"]
    assert len(known) == 19
    assert all(entry.attributes["census"] for entry in known)
    assert {entry.code for entry in entries if entry.group == "unknown"} == {
        "prefer_not_to_say",
        "not_asked",
        "not_known",
    }
    assert {entry.group for entry in known} == {"white", "mixed", "asian", "black", "other"}


def test_the_eighteen_wards_run_from_abingdon_to_stanley() -> None:
    wards = [entry for entry in code_list("ward").entries if entry.group == "borough"]
    assert [entry.code for entry in wards] == [f"E050{number:05}" for number in range(9388, 9406)]
    assert (wards[0].label, wards[-1].label) == ("Abingdon", "Stanley")


def test_the_other_boroughs_are_the_rest_of_london() -> None:
    boroughs = [e.code for e in code_list("other_borough").entries if e.code.startswith("E09")]
    assert boroughs == [f"E090000{number:02}" for number in range(1, 34) if number != 20]


@pytest.mark.parametrize(
    "name", ["gender_identity", "sexual_orientation", "immigration_status", "public_funds"]
)
def test_what_nobody_has_to_answer_can_be_left_unsaid_or_unasked(name: str) -> None:
    assert {"prefer_not_to_say", "not_asked"} <= code_list(name).by_code.keys()


def test_the_five_wards_of_paragraph_5_1_have_priority() -> None:
    priority = [e.label for e in code_list("ward").entries if e.attributes["priority"] == "yes"]
    assert sorted(priority) == [
        "Chelsea Riverside",
        "Colville",
        "Dalgarno",
        "Earl's Court",
        "Golborne",
    ]


def test_a_detection_is_outcome_1_2_3_4_6_or_7() -> None:
    outcomes = code_list("criminal_justice_outcome").entries
    assert [entry.code for entry in outcomes] == [str(number) for number in range(23)]
    detections = {e.code for e in outcomes if e.attributes["detection"] == "yes"}
    assert detections == {"1", "2", "3", "4", "6", "7"}


def test_each_age_from_0_to_120_falls_in_exactly_one_band() -> None:
    bands = [
        (int(band.attributes["min"]), int(band.attributes.get("max", "150")))
        for band in code_list("age_band").entries
        if "min" in band.attributes
    ]
    for age in range(121):
        assert sum(low <= age <= high for low, high in bands) == 1


def test_under_25_is_a_whole_number_of_age_bands() -> None:
    young = [e for e in code_list("age_band").entries if e.group == "under_25"]
    assert max(int(band.attributes["max"]) for band in young) == 24


@pytest.mark.parametrize("name", ["plan_section_domestic_abuse", "plan_section_youth_violence"])
def test_a_prompt_of_a_plan_is_short_and_asks_something(name: str) -> None:
    for entry in code_list(name).entries:
        prompt = entry.attributes["prompt"]
        sentences = prompt.replace("?", ".").replace(":", ".").split(".")
        assert max(len(sentence.split()) for sentence in sentences) <= LONGEST_SENTENCE
        assert prompt[0].isupper()
        assert prompt[-1] in ".?"


def test_a_label_is_found_by_its_code() -> None:
    assert label_of("ward", "E05009395") == "Earl's Court"
