"""Which letters can be drawn: those of the borough's names all can; others get a stand-in."""

from __future__ import annotations

import unicodedata

import pytest

from caseapp.documents import coverage, fonts
from caseapp.setup.allow_list import allowed_files

NAMES = (
    "Łukasz Żółć-Wiśniewski, Nguyễn Thị Ánh, Ọláyínká, İğdır Şule, Cabdi Xasan, Ţepeş, Ñuño, "
    "Siân, Þóra, Ðorđe, Тетяна Ђорђевић, Қазақ, Ґалаґан, Ελένη Παπαδοπούλου, Արամ, ნინო, "
    "محمد عبد الله، زهرا پژمان, گچی, ٹھیک ڑھ, ښځه ډېر, ڕێگا, שרה, አበበ ቢቂላ ትግርኛ, রহিমা খাতুন, "
    "प्रिया शर्मा, ਗੁਰਪ੍ਰੀਤ, ગીતા, தமிழ்ச்செல்வி, తెలుగు, മലയാളം, සිංහල, สมชาย, 王小明, 陳麗華, "
    "山田さくら, 김민준, 😀 👩🏽‍🚀 ❤️ → ✓ ☐ € £ ½ “quotes” – — …"
)


def test_every_name_of_the_borough_can_be_drawn() -> None:
    assert coverage.drawable(NAMES) == unicodedata.normalize("NFC", NAMES)


def test_plain_english_needs_no_more_than_the_everyday_faces() -> None:
    assert coverage.faces_for("I’ll go to Łukasz – £40") == ()


def test_a_script_brings_its_own_face_in_both_weights() -> None:
    faces = coverage.faces_for("to زينب")
    assert [(face.family, face.weight) for face in faces] == [
        ("vazirmatn arabic", 400),
        ("vazirmatn arabic", 700),
    ]


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("e\u0301", "é"),
        ("a\x00b\x0bc", "abc"),
        ("one\r\ntwo", "one\n\ntwo"),
        ("⅓ of it", "1⁄3 of it"),
        ("a\u2003b", "a\u2003b"),
        ("a\u1680b", "a b"),
        ("ក", coverage.STAND_IN),
        ("\ud800", coverage.STAND_IN),
        ("👩🏽‍🚀 ک‌گ", "👩🏽‍🚀 ک‌گ"),
    ],
)
def test_text_is_made_drawable_and_otherwise_left_alone(typed: str, drawn: str) -> None:
    assert coverage.drawable(typed) == drawn


def test_no_two_files_share_a_family_and_a_weight() -> None:
    # WeasyPrint would mix up their glyphs and print other letters.
    keys = [(face.family, face.weight) for face in fonts.FACES]
    assert len(keys) == len(set(keys))


def test_set_up_brings_every_face() -> None:
    brought = set(allowed_files().values())
    assert {f"fonts/{face.file}" for face in fonts.FACES} <= brought
    assert [face.file for face in fonts.FACES if not (fonts.FOLDER / face.file).is_file()] == []
