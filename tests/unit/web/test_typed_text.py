import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from caseapp.web.typed_text import has_control_characters, is_blank, many_lines, one_line


def test_the_same_name_typed_on_two_keyboards_is_the_same_text() -> None:
    assert one_line("Zoe\u0308") == one_line("Zo\u00eb") == "Zo\u00eb"


def test_blanks_around_and_within_a_line_do_not_make_another_answer() -> None:
    assert one_line(" \tAnne\u00a0 Marie\r\n") == "Anne Marie"


def test_lines_of_a_note_stay_lines_whatever_system_typed_them() -> None:
    assert many_lines("one \r\ntwo\rthree\u2028four\n\nfive\n ") == "one\ntwo\nthree\nfour\n\nfive"


def test_a_direction_override_cannot_make_a_name_read_as_another() -> None:
    assert one_line("Ali\u202egnol\u2066") == "Alignol"


def test_marks_that_persian_spelling_needs_stay() -> None:
    assert one_line("می\u200cخواهم") == "می\u200cخواهم"


def test_nul_is_noticed_and_line_breaks_are_not_taken_for_it() -> None:
    assert has_control_characters("a\x00b")
    assert not has_control_characters("a\n\tb")


def test_an_answer_of_unseen_characters_alone_counts_as_blank() -> None:
    assert is_blank("\u200b \u200e\u00a0")
    assert not is_blank("\u200bم")


@given(st.text())
def test_a_normal_form_is_not_changed_by_normalising_again(text: str) -> None:
    for normal in (one_line, many_lines):
        assert normal(normal(text)) == normal(text)


@given(st.text())
def test_a_line_is_composed_and_has_no_line_break(text: str) -> None:
    line = one_line(text)
    assert unicodedata.is_normalized("NFC", line)
    assert "\n" not in line
    assert line == line.strip()
