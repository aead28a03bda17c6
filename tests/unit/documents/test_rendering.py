"""A PDF that a screen reader can read, that gives no name away and draws every letter."""

from __future__ import annotations

import io
import logging
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pikepdf
import pypdfium2
import pytest

from caseapp.documents import rendering
from caseapp.documents.assets import ALLOWED
from caseapp.documents.fonts import FACES
from caseapp.documents.pictures import PICTURES
from caseapp.documents.problems import AssetsMissing, DocumentProblem
from caseapp.documents.rendering import render_pdf
from tests.unit.documents.conftest import faults, text_of

Plan = Callable[..., str]


@pytest.mark.parametrize(
    "words",
    [
        "I go to my sister.",
        "",
        "إذا شعرت بالخطر أتصل بالرقم 999\nMy neighbour زينب knows the word «برتقال».",
        "😀 👩🏽‍🚀 👍🏿 ❤️ 🇬🇧 call 📱",
        "Ọláyínká Adébáyọ̀, Nguyễn Thị Ánh, Łukasz Żółć, Қазақ, Ελένη",
        "রহিমা খাতুন, አበበ ቢቂላ, שָׁלוֹם, ਗੁਰਪ੍ਰੀਤ, தமிழ்ச்செல்வி, प्रिया, สมชาย น้ำ",
        "\u202eb \u2067c\u2069 \x00\x0b\x85 \ue000 \u1780 \u2003 \ufe0f e\u0301 \u00ad\ufeff\u2028",
        "a" * 3000,
        "one\n" * 400,
    ],
    ids=[
        "plain",
        "empty",
        "arabic",
        "emoji",
        "latin",
        "scripts",
        "controls",
        "long-word",
        "many-lines",
    ],
)
def test_a_plan_passes_pdf_ua_whatever_is_written_in_it(plan: Plan, words: str) -> None:
    assert faults(render_pdf(plan(words, "", worker_words=words))) == []


def test_no_sign_without_a_shape_is_drawn_as_an_empty_box(plan: Plan) -> None:
    """Signs that only sometimes show, and a hyphen that word processors put in by themselves, which
    a face has for letters that it is not used for."""
    unseen = (sign for sign in map(chr, range(0x110000)) if unicodedata.category(sign) == "Cf")
    words = "\n".join(f"before {sign}1234 after" for sign in (*unseen, "\u2011", "\u0606"))
    assert faults(render_pdf(plan(words, ""))) == []
    assert "0800‐1111" in text_of(render_pdf(plan("0800\u20111111", "")))


def test_a_plan_is_tagged_titled_and_in_a_language(plan: Plan) -> None:
    with pikepdf.open(io.BytesIO(render_pdf(plan("word")))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en"
        assert pdf.Root.StructTreeRoot.K is not None
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.docinfo["/Title"] == "My plan"


def test_metadata_names_nobody_and_no_time(plan: Plan) -> None:
    pdf_bytes = render_pdf(plan("Canary Surname went home", worker_words="Canary Worker agrees"))
    with pikepdf.open(io.BytesIO(pdf_bytes)) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
        assert b"Canary" not in pdf.Root.Metadata.read_bytes()
        metadata = pdf.open_metadata()
        assert {name.rpartition("}")[2] for name in metadata} == {"title", "part", "Producer"}
        assert b"CreateDate" not in pdf.Root.Metadata.read_bytes()


def test_two_prints_of_one_version_are_the_same_file(plan: Plan) -> None:
    assert render_pdf(plan("word")) == render_pdf(plan("word"))


def test_text_comes_out_in_reading_order(plan: Plan) -> None:
    text = text_of(render_pdf(plan("Mine one", "Mine two", worker_words="Theirs")))
    in_order = ["My plan", "In danger now?", "Call 999.", "press 55", "Section 1", "Mine one"]
    in_order += ["Theirs", "Section 2", "Mine two", "Theirs", "Keep this safe", "Page 1 of"]
    places = [text.find(part) for part in in_order[:6]]
    assert places == sorted(places)
    assert -1 not in places
    rest = text[text.find("Mine one") :]
    assert rest.find("Theirs") < rest.find("Section 2") < rest.find("Mine two")


@pytest.mark.parametrize(
    "name",
    ["Łukasz Wiśniewski-Żółć", "Nguyễn Thị Ánh", "Тетяна Ђорђевић", "Ελένη", "አበበ ቢቂላ"]
    + ["محمد عبد الرحيم", "فاطمة الزهراء", "پژمان ایران", "נעמה", "ნინო", "ਗੁਰਪ੍ਰੀਤ"],
)
def test_a_name_can_be_read_back_out_of_the_paper(plan: Plan, name: str) -> None:
    # Two files of one family once turned the first of these into other letters.
    assert name in text_of(render_pdf(plan(name)))


def test_a_letter_that_no_face_has_becomes_a_visible_stand_in(plan: Plan) -> None:
    assert "before \ufffd after" in text_of(render_pdf(plan("before \u1780 after")))


def test_different_names_look_different_on_paper(plan: Plan) -> None:
    def picture(name: str) -> bytes:
        with pypdfium2.PdfDocument(render_pdf(plan(name))) as document:
            return bytes(document[0].render().to_numpy().tobytes())

    assert len({picture(name) for name in ("Żółć", "Żóić", "Þółć", "□□□□", "\u1780" * 4)}) == 5


def test_nothing_is_embedded_but_fonts(plan: Plan) -> None:
    with pikepdf.open(io.BytesIO(render_pdf(plan("word")))) as pdf:
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
        assert all(item.get("/Type") != "/Filespec" for item in pdf.objects if _is_dict(item))


def _is_dict(item: pikepdf.Object) -> bool:
    return isinstance(item, (pikepdf.Dictionary, pikepdf.Stream))


def test_an_error_quotes_nothing_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(html: str) -> bytes:
        raise ValueError(f"cannot lay out {html}")

    monkeypatch.setattr("caseapp.documents.rendering._typeset", fail)
    with pytest.raises(DocumentProblem) as caught:
        render_pdf("<p>Canary</p>")
    assert "Canary" not in str(caught.value)
    assert caught.value.__context__ is None


def test_no_warning_that_quotes_the_document_reaches_a_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.DEBUG):
        render_pdf("<title>t</title><p style='canary: 1; width: canary'>\u1780</p>")
    assert "canary" not in caplog.text


def test_an_answer_is_in_the_paper_whole_even_at_ten_thousand_words(plan: Plan) -> None:
    words = " ".join(f"w{number}" for number in range(10_000))
    text = text_of(render_pdf(plan(words)))
    assert {f"w{number}" for number in range(10_000)} <= set(text.split())


@pytest.mark.parametrize("asset", [f"asset:fonts/{FACES[-1].file}", PICTURES["phone"].asset])
def test_missing_typefaces_or_pictures_are_said_and_nothing_is_drawn_without_them(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asset: str
) -> None:
    rendering._insist_on_assets.cache_clear()
    monkeypatch.setitem(cast(Any, ALLOWED), asset, (tmp_path / "gone", "font/woff2"))
    with pytest.raises(AssetsMissing, match="Run set-up again"):
        render_pdf(plan("word"))
