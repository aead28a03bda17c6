"""The columns of a spreadsheet: known by their usual names, each once, none missing."""

from caseapp.imports.columns import guess, missing, twice


def test_the_usual_names_of_columns_are_understood_and_others_are_left_out() -> None:
    names = ["Case ID", "Forename", "SURNAME", "D.O.B.", "Opened", "Shoe size", "surname"]
    assert guess(names) == [
        "reference", "given_name", "family_name", "date_of_birth", "opened_on", "", "",
    ]  # fmt: skip


def test_only_a_name_that_says_safe_is_taken_for_a_safe_way_to_reach_somebody() -> None:
    """What is brought in there counts as safe to use, and the tool holds nobody back from it."""
    plain_names = ["Phone", "Mobile", "tel", "Telephone", "Phone number", "Email", "E-mail address"]
    assert guess(plain_names) == [""] * len(plain_names)
    for name in ("Safe phone", "Safe number", "Phone that is safe to call"):
        assert guess([name]) == ["safe_phone"]
    for name in ("Safe email", "Safe e-mail", "Email that is safe to write to"):
        assert guess([name]) == ["safe_email"]


def test_columns_that_must_be_there_and_columns_chosen_twice_are_named() -> None:
    assert missing(["given_name", "", ""]) == ["Date the case opened", "Level of risk"]
    assert twice(["sex", "", "sex", ""]) == ["Sex"]
