"""Who did it is found on a plan however they are written, and nobody is who only shares a word."""

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from caseapp.perpetrators.models import Fact, PerpetratorHead
from caseapp.perpetrators.naming import Known, found_in, known_by

DAY = date(2026, 5, 4)
WORDS = st.text(alphabet=st.characters(categories=["L"]), min_size=4, max_size=12)
TEXTS = st.text(max_size=200)


def fact(what: str, text: str, *, ended: bool = False) -> Fact:
    return Fact(
        id=uuid4(), what=what, text=text, source="police", confidence="likely",
        noted_on=DAY, by=uuid4(), ended_on=DAY if ended else None,
    )  # fmt: skip


def known(
    given_name: str = "Torvald",
    family_name: str = "Grimshaw",
    facts: Iterable[Fact] = (),
    borne: Iterable[str] = (),
    home: str = "",
) -> Known:
    head = PerpetratorHead(
        is_known=True, recorded_on=DAY, given_name=given_name, family_name=family_name
    )
    return known_by([(head, tuple(facts))], borne, home)


@pytest.mark.parametrize(
    "text",
    [
        "I go when Torvald comes.",
        "TORVALD",
        "torvalds car",
        "Torvald’s mother",
        "Tórvàld",
        "Tor\u00advald",
        "the Grimshaws",
        "Grimshaw, Torvald",
        "TorvaldGrimshaw",
        "torvald-grimshaw",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert found_in(text, known())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Hassan", "Hasan is there"),
        ("Mohammed", "mohamed"),
        ("José", "jose"),
        ("محمد", "أنا ومحمد"),
        ("علی‌رضا", "علیرضا"),
        ("علي", "علی"),
        ("王伟", "我怕王伟来"),
        ("Mary-Jane", "maryjane"),
        ("Emma", "emmas"),
        ("Li", "Li comes"),
    ],
)
def test_a_name_is_found_in_other_spellings_and_scripts(name: str, text: str) -> None:
    assert found_in(text, known(name, ""))


@pytest.mark.parametrize(
    "text",
    ["", "I go to my aunt.", "Torvaldsen Road", "I will call 999", "grim", "shaw", "0770 090 0123"],
)
def test_other_words_name_nobody(text: str) -> None:
    facts = [fact("phone", "07700 900777")]
    assert not found_in(text, known("Torvald", "Grimshaw", facts))


@pytest.mark.parametrize(
    ("what", "recorded", "text"),
    [
        ("other_name", "Razor", "razor is outside"),
        ("other_name", "Big T, also known as Razor", "when big t comes"),
        ("other_name", "Tommy Bone", "tommy"),
        ("phone", "07700 900777", "block +44 7700-900-777"),
        ("phone", "07700900777", "٠٧٧٠٠٩٠٠٧٧٧"),
        ("other", "rings from 07700 900777", "07700 900777"),
        ("address", "12 Golborne Road, London W10 5PE", "not to 12 golborne road"),
        ("address", "12 Golborne Road, London W10 5PE", "w105pe"),
        ("address", "Canaryaddress", "at canaryaddress"),
        ("name", "Thorwald Grimm", "Grimm"),
    ],
)
@pytest.mark.parametrize("ended", [False, True])
def test_what_else_they_are_known_by_counts_also_when_it_has_ended(
    what: str, recorded: str, text: str, ended: bool
) -> None:
    assert found_in(text, known(facts=[fact(what, recorded, ended=ended)]))


@pytest.mark.parametrize("text", ["12 Elm Road", "Golborne Road", "flat 3", "some trouble, big"])
def test_a_part_of_an_address_or_of_a_nickname_that_fits_anybody_is_let_be(text: str) -> None:
    facts = [fact("address", "Flat 3, 12 Golborne Road"), fact("other_name", "Big T")]
    assert not found_in(text, known(facts=facts))


def test_a_name_that_the_person_or_a_child_bears_may_stand_but_never_the_full_one() -> None:
    shared = known(borne=["Ada Grimshaw", "Torvald"])
    assert not found_in("Ada Grimshaw fetches Torvald", shared)
    assert found_in("Torvald Grimshaw", shared).is_certain


def test_where_the_person_lives_may_stand_although_the_other_one_lives_there_too() -> None:
    facts = [fact("address", "12 Golborne Road, London W10 5PE")]
    home = known(facts=facts, home="12 Golborne Road, London W10 5PE")
    assert not found_in("My address is 12 Golborne Road", home)


def test_a_full_name_a_phone_and_an_address_cannot_be_said_to_be_somebody_elses() -> None:
    all_of_it = known(facts=[fact("phone", "07700900777"), fact("address", "12 Golborne Road")])
    for text in ("Torvald Grimshaw", "07700900777", "12 Golborne Road"):
        assert found_in(text, all_of_it).is_certain
    assert not found_in("Torvald", all_of_it).is_certain


@given(WORDS, WORDS, TEXTS, TEXTS)
def test_a_name_between_any_other_words_is_found(
    given_name: str, family_name: str, before: str, after: str
) -> None:
    one = known(given_name, family_name)
    assume(one.alone)  # letters that fold to nothing name nobody
    for name in (given_name, family_name, f"{given_name} {family_name}"):
        if found_in(name, one):
            assert found_in(f"{before} {name} {after}", one)


@given(WORDS)
def test_every_name_is_found_by_itself(name: str) -> None:
    one = known(name, "")
    assume(one.alone)
    assert found_in(name, one)
    assert found_in(name.upper(), known(name.upper(), ""))


@given(TEXTS)
def test_nobody_is_found_where_nobody_is_known(text: str) -> None:
    assert not found_in(text, known_by([]))
    assert not found_in(text, known("", ""))
