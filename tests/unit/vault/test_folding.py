"""Folding: the same name, however it is typed, and different names stay different."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.vault.folding import fold_letters, fold_name


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Zsófia  NAGY", "zsofia nagy"),
        ("O'Brien", "obrien"), ("O’Brien", "obrien"), ("Oʼbrien", "obrien"),
        ("Smith-Jones", "smith jones"), ("Smith – Jones", "smith jones"),
        ("STRASSE", "strasse"), ("Straße", "strasse"),
        ("Łukasz Ørsted", "lukasz orsted"), ("Æthel", "aethel"), ("IŞIK", "isik"), ("ışık", "isik"),
        ("أحمد", "احمد"), ("احـــمد", "احمد"), ("مُحَمَّد", "محمد"),
        ("Фёдор Йод", "федор иод"),
        ("नमिता", "नमिता"), ("李 小龙", "李 小龙"), ("ﬁona", "fiona"), ("Ａｎｎ", "ann"),
        ("Nguyễn Thị", "nguyen thi"), ("", ""), (" -.' ", ""), ("Ann 2", "ann 2"),
        ("😀 Ann", "ann"),
    ],
)  # fmt: skip
def test_a_name_folds_as_its_readers_would_type_it(typed: str, folded: str) -> None:
    assert fold_name(typed) == folded


def test_letters_alone_are_left_for_facts_that_are_compared_whole() -> None:
    assert fold_letters("+44 (0)7700 900-123") == "4407700900123"


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_the_short_way_for_ascii_agrees_with_the_long_one(text: str) -> None:
    assert fold_name(text) == fold_name(text + "\u0301 ").rstrip()
