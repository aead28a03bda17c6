"""A broken code list is refused with one plain line that says where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.reference.code_lists import ListProblem, parse_list

HEAD = 'name = "sweet"\nversion = 1\ntitle = "Sweets"\nsource = "Ours"\nstatus = "ours"\n'


def entry(code: str, more: str = "") -> str:
    return f'[[entries]]\ncode = "{code}"\nlabel = "Label of {code}"\n{more}\n'


def test_a_good_list_is_read_whole() -> None:
    sweets = parse_list(HEAD + entry("fudge") + entry("mint", "retired = true"))
    assert [found.code for found in sweets.entries] == ["fudge", "mint"]
    assert [found.code for found in sweets.active] == ["fudge"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (HEAD + "[[entries", "end of document"),
        (HEAD + "[[entries]]\ncode = fudge\n", "line 7"),
        (HEAD, "no entries|missing required field"),
        (HEAD + entry("fudge") + entry("fudge"), "line 10, entry 2: .*twice"),
        (HEAD + entry("fudge") + entry("Fudge Bar"), "line 10, entry 2: .*lower-case"),
        (HEAD + entry("fudge", 'group = "soft"'), "line 6, entry 1: .*unknown group 'soft'"),
        (HEAD + entry("fudge", 'colour = "brown"'), "line 6, entry 1: .*colour"),
        (HEAD + "[[entries]]\ncode = 7\nlabel = 'x'\n", "line 6, entry 1: .*str"),
        (HEAD + "[[entries]]\ncode = 'x'\nlabel = ' '\n", "no label"),
        (HEAD.replace("= 1", "= 0") + entry("fudge"), "version"),
        (HEAD.replace('"ours"', '"mine"') + entry("fudge"), "mine"),
        (HEAD.replace('"sweet"', '"My sweets"') + entry("fudge"), "My sweets"),
    ],
)
def test_a_broken_list_is_refused_and_the_line_is_named(text: str, complaint: str) -> None:
    with pytest.raises(ListProblem, match=complaint) as refused:
        parse_list(text)
    assert "\n" not in str(refused.value)


@given(st.text())
def test_no_text_makes_the_reader_fail_in_any_other_way(text: str) -> None:
    with pytest.raises(ListProblem):
        parse_list(text)
