"""The name index: parts of names, in the searcher's groups alone."""

from collections.abc import Iterable
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.vault import name_index
from caseapp.vault.folding import fold_name
from caseapp.vault.name_index import NameIndex

TEAM, OTHER_TEAM = UUID(int=1), UUID(int=2)


def person(number: int) -> UUID:
    return UUID(int=number + 100)


def index_of(names: Iterable[str], group: UUID = TEAM) -> NameIndex:
    index = NameIndex()
    for number, name in enumerate(names):
        index.put(group, person(number), name)
    return index


@pytest.fixture(params=[0, 1000], ids=["sorted at once", "sorted later"])
def each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_index, "CHANGES_UNSORTED", request.param)


@pytest.mark.usefixtures("each_way")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mari", [0, 1]), ("MARÍA", [0, 1]), ("ia", [0, 1]), ("lopez", [0]), ("silva", [1]),
        ("maria lopez", [0]), ("lopez maria", [0]), ("mar lop", [0]), ("maria maria", [0, 1]),
        ("lopez silva", []), ("obrien", [2]), ("o’b", [2]), ("محمد", [3]), ("حم", [3]),
        ("zzz", []), ("", []), (" -' ", []), ("\n", []), ("a b c d", []),
    ],
)  # fmt: skip
def test_every_word_must_be_a_part_of_the_name(text: str, found: list[int]) -> None:
    index = index_of(["María López", "Maria Silva", "Sean O'Brien", "محمد علي"])
    assert set(index.search([TEAM], text, 10)) == set(map(person, found))


@pytest.mark.usefixtures("each_way")
def test_no_search_crosses_from_one_name_into_the_next() -> None:
    index = index_of(["ann", "bob"])
    assert index.search([TEAM], "nb", 10) == []
    assert index.search([TEAM], "ann bob", 10) == []


@pytest.mark.usefixtures("each_way")
def test_names_of_other_groups_are_never_found() -> None:
    index = index_of(["Ann"], OTHER_TEAM)
    assert index.search([TEAM], "ann", 10) == []
    assert index.search([], "ann", 10) == []
    assert index.search([OTHER_TEAM], "ann", 10) == [person(0)]


@pytest.mark.usefixtures("each_way")
def test_a_person_of_two_groups_is_found_once() -> None:
    index = index_of(["Ann"])
    index.put(OTHER_TEAM, person(0), "Ann")
    assert index.search([TEAM, OTHER_TEAM, TEAM], "ann", 10) == [person(0)]


@pytest.mark.usefixtures("each_way")
def test_a_changed_name_is_found_by_the_new_one_alone() -> None:
    index = index_of(["Ann Old", "Bob"])
    index.search([TEAM], "ann", 10)
    index.put(TEAM, person(0), "Ann New")
    assert index.search([TEAM], "old", 10) == []
    assert index.search([TEAM], "new", 10) == [person(0)]


@pytest.mark.usefixtures("each_way")
def test_a_dropped_person_is_not_found_in_that_group_any_more() -> None:
    index = index_of(["Ann", "Anna"])
    index.put(OTHER_TEAM, person(0), "Ann")
    index.search([TEAM, OTHER_TEAM], "ann", 10)
    index.drop(TEAM, person(0))
    index.drop(UUID(int=99), person(0))
    assert index.search([TEAM], "ann", 10) == [person(1)]
    assert index.search([OTHER_TEAM], "ann", 10) == [person(0)]


def test_a_change_counts_before_the_text_is_sorted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(name_index, "CHANGES_UNSORTED", 0)
    index = index_of(["Ann Old", "Bob Old", "Cas Old"])
    assert len(index.search([TEAM], "old", 10)) == 3
    monkeypatch.setattr(name_index, "CHANGES_UNSORTED", 1000)
    index.put(TEAM, person(0), "Ann New")
    index.drop(TEAM, person(1))
    assert index.search([TEAM], "old", 10) == [person(2)]
    assert index.search([TEAM], "old", 1) == [person(2)]
    assert index.search([TEAM], "new", 10) == [person(0)]


@pytest.mark.usefixtures("each_way")
def test_hits_come_by_name_and_no_more_than_asked_for() -> None:
    index = index_of([f"Ann {letter}" for letter in "dbca"])
    in_order = [person(3), person(1), person(2), person(0)]
    assert index.search([TEAM], "ann", 10) == in_order
    assert index.search([TEAM], "ann", 2) == in_order[:2]
    assert index.search([TEAM], "ann", 0) == []


def test_a_name_without_letters_is_kept_out_and_harms_nobody() -> None:
    index = index_of(["😀", "Ann"])
    assert index.search([TEAM], "ann", 10) == [person(1)]


def test_the_index_prints_no_name() -> None:
    assert "Ann" not in repr(index_of(["Ann"]))


NAMES = st.text(alphabet="abÁق -'", max_size=8)


@settings(deadline=None)
@given(
    steps=st.lists(st.tuples(st.integers(0, 5), st.none() | NAMES), max_size=30),
    text=NAMES,
    unsorted=st.integers(0, 5),
)
def test_the_index_agrees_with_looking_at_every_name(
    steps: list[tuple[int, str | None]], text: str, unsorted: int
) -> None:
    index, names = NameIndex(), dict[UUID, str]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(name_index, "CHANGES_UNSORTED", unsorted)
        for number, name in steps:
            if name is None:
                index.drop(TEAM, person(number))
                names.pop(person(number), None)
            else:
                index.put(TEAM, person(number), name)
                names[person(number)] = fold_name(name)
            index.search([TEAM], "a", 3)
        words = fold_name(text).split()
        expected = {who for who, name in names.items() if words and all(w in name for w in words)}
        assert set(index.search([TEAM], text, 99)) == expected
        assert set(index.search([TEAM, uuid4()], text, 2)) <= expected
