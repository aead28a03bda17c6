"""Which words about safe contact name an alleged perpetrator, and which leave them out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.people.models import PersonHead, SafeContact
from caseapp.perpetrators.found_teams import PLACES, read_teams, write_teams
from caseapp.perpetrators.models import PerpetratorHead
from caseapp.perpetrators.rules import is_among_contacts, is_named_in, is_the_person

BORN = date(1990, 2, 3)


def head(given_name: str = "", family_name: str = "") -> PerpetratorHead:
    return PerpetratorHead(
        is_known=True,
        recorded_on=BORN,
        given_name=given_name,
        family_name=family_name,
        date_of_birth=BORN,
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Mum or Zoë", True),
        ("ZOE, her cousin", True),
        ("zoe", True),
        ("Zoella at number 9", False),
        ("", False),
        ("her sister", False),
        ("call 07700 900 456 only", True),
        ("call +44 7700 900456", True),
        ("call 07700 900457", False),
    ],
)
def test_a_name_or_number_is_found_as_people_write_it(text: str, names: bool) -> None:
    assert is_named_in(text, head("Zoë", "Bright"), ["07700 900456"]) is names


def test_a_name_of_two_words_is_found_as_a_whole() -> None:
    assert is_named_in("ask for Mary Ann", head("Mary Ann"))
    assert not is_named_in("Mary, or Ann", head("Ann Mary"))


def test_a_family_name_alone_counts_where_there_is_no_other() -> None:
    assert is_named_in("Mr Bright", head(family_name="Bright"))
    assert not is_named_in("anybody", head())


@pytest.mark.parametrize("field", ["who_may_answer", "wording", "hours", "phone", "email"])
def test_every_part_of_safe_contact_is_read(field: str) -> None:
    assert is_among_contacts(SafeContact(**{field: "Zoë"}), head("Zoe"))  # type: ignore[arg-type]


@given(st.lists(st.uuids(version=4), max_size=PLACES, unique=True))
def test_teams_come_back_from_a_text_of_one_length(teams: list[object]) -> None:
    text = write_teams(teams)  # type: ignore[arg-type]
    assert read_teams(text) == set(teams)
    assert len(text) == len(write_teams(()))


def test_the_person_is_known_again_by_name_and_birth_together() -> None:
    person = PersonHead(given_name="zoe", family_name="BRIGHT", date_of_birth=BORN)
    assert is_the_person(person, head("Zoë", "Bright"))
    assert not is_the_person(person, head("Tom", "Bright"))
    nobody_knows = PersonHead(given_name="Zoë", family_name="Bright")
    assert not is_the_person(nobody_knows, head("Zoë", "Bright"))
