"""The columns of a spreadsheet: known by their usual names, each once, none missing."""

from caseapp.imports.columns import guess, missing, twice


def test_the_usual_names_of_columns_are_understood_and_others_are_left_out() -> None:
    names = ["Case ID", "Forename", "SURNAME", "D.O.B.", "Opened", "Shoe size", "surname"]
    assert guess(names) == [
        "reference", "given_name", "family_name", "date_of_birth", "opened_on", "", "",
    ]  # fmt: skip


def test_columns_that_must_be_there_and_columns_chosen_twice_are_named() -> None:
    assert missing(["given_name", "", ""]) == ["Date the case opened", "Level of risk"]
    assert twice(["sex", "", "sex", ""]) == ["Sex"]
