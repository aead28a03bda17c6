"""Two records side by side: what has to be decided, and what belongs together."""

from datetime import date

from flask import Flask

from caseapp.duplicates.comparing import NOT_CHOSEN, choose, compare
from caseapp.duplicates.models import Identity
from caseapp.people.models import EarlierIdentity, PersonBody, PersonHead, SafeContact

ONE = Identity(
    head=PersonHead(
        given_name="Ada",
        family_name="Underhill",
        date_of_birth=date(2009, 3, 27),
        ethnicity="arab",
        ethnicity_source="self_defined",
        ward="E05009394",
        residence="in_borough",
    ),
    body=PersonBody(address="1 Old Lane", safe_contact=SafeContact(phone="07700 900001")),
)
TWO = Identity(
    head=PersonHead(
        given_name="Ada", family_name="Overdale", ethnicity="white_british", sex="female"
    ),
    body=PersonBody(
        school="Heron", safe_contact=SafeContact(phone="07700 900002", hours="after six")
    ),
)


def sides(one: Identity, two: Identity, side: str = "first") -> dict[str, str]:
    return {part.name: side for part in compare(one, two)}


def test_only_what_both_say_differently_has_to_be_decided(app: Flask) -> None:
    with app.app_context():
        parts = {part.name: part for part in compare(ONE, TWO)}
    undecided = {name for name, part in parts.items() if part.proposed is None}
    assert undecided == {"family_name", "ethnicity", "safe_contact"}
    assert parts["given_name"].is_same
    assert parts["school"].proposed == "second"
    assert parts["sex"].proposed == "second"  # not known is no answer
    assert parts["date_of_birth"].proposed == "first"


def test_a_telephone_number_goes_with_its_own_safe_hours(app: Flask) -> None:
    with app.app_context():
        chosen = choose(ONE, TWO, sides(ONE, TWO) | {"safe_contact": "second"})
        names = {part.name for part in compare(ONE, TWO)}
    assert chosen.body.safe_contact == TWO.body.safe_contact
    assert not names & {"phone", "hours", "ethnicity_source", "residence", "postcode"}


def test_who_said_the_ethnicity_goes_with_it(app: Flask) -> None:
    with app.app_context():
        chosen = choose(ONE, TWO, sides(ONE, TWO) | {"ethnicity": "second"})
    assert (chosen.head.ethnicity, chosen.head.ethnicity_source) == ("white_british", "")


def test_each_field_of_a_person_is_in_exactly_one_part(app: Flask) -> None:
    with app.app_context():
        covered = [name for part in compare(ONE, TWO) for name in part.fields]
    fields = [*PersonHead.__struct_fields__, *PersonBody.__struct_fields__]
    assert sorted(covered) == sorted(set(fields) - set(NOT_CHOSEN))


def test_both_identities_are_remembered_each_once(app: Flask) -> None:
    old = EarlierIdentity(given_name="Adele")
    two = Identity(
        head=PersonHead(given_name="Ada", family_name="Overdale", earlier=(old, old)),
        body=TWO.body,
    )
    with app.app_context():
        known = choose(ONE, two, sides(ONE, two)).head.earlier
    assert [each.full_name for each in known] == ["Adele", "Ada Overdale"]
    assert known[1].phone == "07700 900002"
