"""Words that directories use for what our codes mean."""

from caseapp.directory.terms import access_in


def test_signs_of_access_are_found_in_a_description() -> None:
    assert access_in("Wheelchair users welcome. BSL on request", ()) == ("wheelchair", "bsl")
    assert access_in("", ("access/easy_read",)) == ("easy_read",)
