"""What changed between two editions: told from released figures, once, the largest first."""

import json

from caseapp.release_files.changes import certificates_beside, moves_between
from tests.unit.release_files.editions import CERTIFICATE

DICTIONARY = (
    b"file,column,code,meaning\r\n"
    b"tables/by_sex.csv,,,Cases by sex\r\ntables/by_theme.csv,,,Cases by theme\r\n"
    b"tables,sex,,Sex\r\ntables,sex,female,Female\r\ntables,theme,,Theme\r\n"
    b"tables,theme,robbery,Robbery\r\n"
)
FORM = "{},measure,value,marker,lower,upper\r\n"


def files(**values: dict[str, str]) -> dict[str, bytes]:
    """Two tables: {"all": "10", …} of each, by its dimension."""
    made = {"dictionary.csv": DICTIONARY, "certificate.json": json.dumps(CERTIFICATE).encode()}
    for dimension, figures in values.items():
        rows = (f"{code},cases,{value},,0,99\r\n" for code, value in figures.items())
        text = FORM.format(dimension) + "".join(rows)
        made[f"tables/by_{dimension}.csv"] = text.encode()
    return made


def test_each_figure_that_moved_is_told_once_with_the_largest_move_first() -> None:
    before = files(sex={"all": "20", "female": "10"}, theme={"all": "20", "robbery": "5"})
    after = files(sex={"all": "30", "female": "15"}, theme={"all": "30", "robbery": "25"})
    theme, sex = moves_between(before, after)
    assert (theme.title, sex.title) == ("Cases by theme", "Cases by sex")
    assert [(move.about, move.before, move.after) for move in sex.moves] == [
        ("All", 20, 30),
        ("Sex: Female", 10, 15),
    ]
    assert [(move.about, move.by) for move in theme.moves] == [("Theme: Robbery", 20)]


def test_a_figure_that_fell_or_is_new_is_said_to_be_so() -> None:
    before = files(sex={"all": "20", "female": "0"})
    after = files(sex={"all": "10", "female": "5"})
    (sex,) = moves_between(before, after)
    assert [(move.by, move.is_new) for move in sex.moves] == [(-10, False), (5, True)]


def test_what_did_not_move_or_has_no_value_is_left_out() -> None:
    before = files(sex={"all": "20", "female": ""})
    after = files(sex={"all": "20", "female": "5"})
    assert moves_between(before, after) == []


def test_the_facts_of_both_certificates_stand_beside_each_other() -> None:
    after = files()
    other = {**CERTIFICATE, "repairs": 2}
    after["certificate.json"] = json.dumps(other).encode()
    facts = certificates_beside(files(), after)
    assert ("Repairs before it was safe", "0", "2") in facts
    assert all(before and now for _, before, now in facts)
