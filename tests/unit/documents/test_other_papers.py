"""The papers beside the plan: who opened a record, a referral to the MARAC."""

from datetime import UTC, date, datetime

import pikepdf
import pytest

from caseapp.documents.access_paper import AccessLine, AccessPaper, access_html
from caseapp.documents.marac_paper import MaracPaper, marac_html
from caseapp.documents.rendering import render_pdf
from tests.unit.documents.conftest import faults, text_of

DAY = date(2026, 3, 7)
MORNING = datetime(2026, 3, 7, 9, 5, tzinfo=UTC)
SCRIPTS = "Her aunt زينب, Łukasz, አበበ 😀\n<b>no markup</b> " + "long " * 400


def marac(words: str) -> str:
    facts = (("New or repeat", "Repeat"), ("Types of violence", words[:60]))
    sections = (("Who is in danger", words), ("The alleged perpetrator", words))
    return marac_html(MaracPaper(referred_on=DAY, facts=facts, sections=sections))


def access(words: str) -> str:
    line = AccessLine(
        day=DAY, first=MORNING, last=MORNING, who=words[:80], role="advocate", manners=("read",),
        reason="assigned",
    )  # fmt: skip
    return access_html(AccessPaper(lines=(line,) * 40, made_on=DAY))


@pytest.mark.parametrize("paper", [marac, access])
@pytest.mark.parametrize("words", ["A plain line.", SCRIPTS])
def test_a_paper_passes_pdf_ua_and_shows_words_as_words(paper: object, words: str) -> None:
    pdf = render_pdf(paper(words))  # type: ignore[operator]
    assert faults(pdf) == []
    assert words.split("\n", maxsplit=1)[0][:8] in text_of(pdf)


@pytest.mark.parametrize("paper", [marac, access])
def test_a_paper_says_nothing_of_itself_in_its_properties(
    paper: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("papers") / "paper.pdf"
    path.write_bytes(render_pdf(paper("Canary Surname")))  # type: ignore[operator]
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Title"]) in {"Referral", "My information"}
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
        assert b"Canary" not in pdf.Root.Metadata.read_bytes()
