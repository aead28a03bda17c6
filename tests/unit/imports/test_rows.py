"""One row of a spreadsheet: what it says, or everything that is wrong with it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.imports.cells import names_in_lists
from caseapp.imports.columns import COLUMNS
from caseapp.imports.rows import Context, FaultyRow, read_row

TODAY = date(2026, 11, 23)
CONTEXT = Context(
    service="youth_violence",
    themes=("youth_violence",),
    advocates={"amara@example.org": "5f1c0000-0000-4000-8000-000000000001"},
    today=TODAY,
    names=names_in_lists(),
)
ROW = {"given_name": "Zoë", "opened_on": "1/10/2026", "risk_level": "High"}


def test_a_row_is_read_by_labels_codes_and_other_names() -> None:
    told = read_row(
        ROW
        | {"sex": "F", "ethnicity": "White: Irish", "ward": "colville", "residence": "Y",
           "slcn": "autism; ADHD", "advocate": "Amara@Example.org", "safe_phone": "7700900123",
           "date_of_birth": "2010-05-04", "themes": "Domestic abuse"},
        CONTEXT,
    )  # fmt: skip
    assert (told.person.sex, told.person.ethnicity, told.person.ward) == (
        "female", "white_irish", "E05009392",
    )  # fmt: skip
    assert (told.person.residence, told.slcn) == ("in_borough", ("autism", "adhd"))
    assert told.details.safe_contact.phone == "07700900123"
    assert told.advocate_id == CONTEXT.advocates["amara@example.org"]
    assert told.themes == ("domestic_abuse",)


def test_what_was_not_told_is_not_known_and_not_made_up() -> None:
    told = read_row(ROW, CONTEXT)
    assert (told.person.sex, told.person.ethnicity, told.person.ward) == ("not_known",) * 3
    assert told.details.safe_contact.voicemail_allowed is None
    assert told.details.interpreter_needed is None
    assert read_row(ROW | {"interpreter_needed": "no"}, CONTEXT).details.interpreter_needed is False
    assert (told.themes, told.first_contact_on) == (("youth_violence",), None)


def test_everything_wrong_with_a_row_is_told_at_once() -> None:
    with pytest.raises(FaultyRow) as fault:
        read_row(
            {"given_name": "", "opened_on": "32/1/2026", "risk_level": "purple", "sex": "F",
             "safe_email": "not one", "safe_phone": "ask mum", "advocate": "nobody@example.org"},
            CONTEXT,
        )  # fmt: skip
    told = ". ".join(fault.value.problems)
    for words in ("First name is empty", "Date the case opened must be", "“purple”",
                  "Email that is safe to write to must be", "Phone that is safe to call must be",
                  "not the email of an advocate"):  # fmt: skip
        assert words in told
    assert len(fault.value.problems) == 6


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"opened_on": "2027-01-01"}, "in the future"),
        ({"date_of_birth": "2027-01-01"}, "in the future"),
        ({"date_of_birth": "1990-01-01"}, "under 25"),
        ({"first_contact_on": "2026-09-30"}, "before the case opened"),
        ({"summary": "x" * 5001}, "longer than 5,000"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused(cells: dict[str, str], why: str) -> None:
    with pytest.raises(FaultyRow, match=why):
        read_row(ROW | cells, CONTEXT)


@given(st.dictionaries(st.sampled_from([c.code for c in COLUMNS]), st.text(max_size=40)))
def test_no_cell_makes_a_row_fail_in_another_way(cells: dict[str, str]) -> None:
    try:
        told = read_row(cells, CONTEXT)
    except FaultyRow:
        return
    assert told.opened_on <= TODAY
