"""Names, places and numbers in an open answer are pointed out, and hidden wherever they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.voice.pointing import HIDDEN, hide, is_in, point_out


def masked(text: str) -> str:
    return hide(text, [each.text for each in point_out(text, ["Heron Team"])])


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("My worker Sagal listened to me.", "Sagal"),
        ("Sagal listened to me. I felt safe.", "Sagal"),
        ("my worker sagal was kind", "sagal"),
        ("it was dr. okafor who helped", "okafor"),
        ("Sagal's plan helped and SAGAL rang me", "agal"),
        ("Thanks to Sagal Warsame-Ali", "Warsame"),
        ("I met O'Neill there", "Neill"),
        ("we live in golborne now", "golborne"),
        ("near earl's court", "earl's"),
        ("the heron team came", "heron team"),
        ("I moved to 9 heronsgate walk", "heronsgate"),
        ("ring me on 07700 900 123 please", "900"),
        ("I was 17 then", "17"),
        ("on the 4th of may 2026", "2026"),
        ("write to sagal@example.org", "sagal"),
        ("find me at www.example.org/sagal", "sagal"),
        ("he came to w10 9zz", "9zz"),
        ("Madame Diallo m'a beaucoup aidée", "Diallo"),
        ("j'habite rue bernard", "bernard"),
        ("A senhora conceição ajudou", "conceição"),
        ("waxaa i caawisay marwo hodan", "hodan"),
        ("خانم رضایی به من کمک کرد", "رضایی"),
        ("ساعدتني السيدة فاطمة كثيرا", "فاطمة"),
        ("شماره من ۰۹۱۲۳۴۵۶۷۸۹ است", "۰۹۱۲۳۴۵۶۷۸۹"),
        ("أسكن في شارع الزهور", "الزهور"),
    ],
)
def test_who_and_where_is_hidden_before_anybody_reads_it(text: str, secret: str) -> None:
    assert secret in text or secret in text.casefold()
    assert secret not in masked(text)
    assert HIDDEN in masked(text)


@pytest.mark.parametrize(
    "text",
    [
        "Being listened to. I felt safer, and they believed me.",
        "The plan helped most. It was easy to understand!",
        "nothing yet",
        "",
    ],
)
def test_an_answer_that_names_nobody_stays_as_it_is(text: str) -> None:
    assert point_out(text) == []
    assert masked(text) == text


def test_a_name_is_pointed_out_once_and_hidden_each_time() -> None:
    text = "I like Sagal. My friend likes SAGAL too, and sagal likes us."
    assert [each.text for each in point_out(text)] == ["Sagal"]
    assert "sagal" not in hide(text, ["Sagal"]).casefold()


def test_only_whole_words_are_hidden() -> None:
    assert hide("Al is also here", ["Al"]) == f"{HIDDEN} is also here"
    assert not is_in("also", "Al")


def test_what_is_not_to_be_hidden_stays() -> None:
    assert hide("The Police were kind", []) == "The Police were kind"


@given(st.text(max_size=200))
def test_whatever_is_pointed_out_can_be_hidden(text: str) -> None:
    for each in point_out(text):
        assert is_in(text, each.text)
        assert not is_in(hide(text, [each.text]), each.text) or each.text.casefold() in HIDDEN
