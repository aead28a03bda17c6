"""Easy read and the children's plan, measured on the printed page: size of type, one idea a row, a
picture beside each, short sentences of ours in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tinyhtml5 import parse

from caseapp.documents.easy_read import LONGEST, ideas_of, words_in
from caseapp.documents.pictures import PICTURES
from caseapp.documents.plan_paper import Idea, PlanPaper, PlanSection, plan_html
from caseapp.documents.rendering import render_pdf
from caseapp.languages import LANGUAGES
from caseapp.reference import code_list
from tests.unit.documents.conftest import faults, text_of
from tests.unit.documents.filled_plan import KINDS, filled_plan
from tests.unit.documents.seen_page import pages_of, pictures_of, rows_of, sizes_of

FORMS = ("easy_read", "child")
HARD = "emergency warning signs code word peers online separation documents court orders refuge"
HARD += " solicitor injunction social worker marac"
MEANINGS = [
    *("An emergency is", "Warning signs tell", "A code word is", "Peers are", "Online means"),
    *("A separation is", "Documents are", "A court order is", "A refuge is", "A solicitor is"),
    *("An injunction is", "A social worker helps", "A MARAC is"),
]
# Words that would tell a stranger, or the one to be afraid of, where a child's page comes from.
TELLING = "abuse violence victim safety domestic perpetrator police refuge worker service"


def printed(form: str, paper: PlanPaper) -> bytes:
    return render_pdf(plan_html(paper, form))


def without_child(paper: PlanPaper) -> PlanPaper:
    return replace(paper, child=())


def all_phrases(language: str) -> PlanPaper:
    """A plan that makes easy read say everything that it can say."""
    paper = filled_plan("domestic_abuse", language)
    rare = Idea(words=HARD, picture="question")
    first = replace(paper.sections[0], own=(rare,), worker=(rare,))
    return replace(paper, sections=(first, *paper.sections[1:]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_all_type_has_18_points_or_more(form: str, language: str) -> None:
    sizes = sizes_of(printed(form, all_phrases(language)))
    assert min(sizes) >= 18
    assert len(sizes) > 3


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_row_has_one_picture_and_no_picture_stands_elsewhere(language: str, kind: str) -> None:
    for form in FORMS:
        pdf = printed(form, filled_plan(kind, language))
        rows = rows_of(pdf)
        assert {row.pictures for row in rows} == {1}
        assert len(rows) == pictures_of(pdf)


@pytest.mark.parametrize("kind", KINDS)
def test_each_idea_has_a_row_of_its_own_in_the_order_of_the_plan(kind: str) -> None:
    paper = filled_plan(kind)
    rows = [row.words for row in rows_of(printed("easy_read", paper))]
    expected = list(said_in(paper))
    assert [words for words in rows if words in expected] == expected


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_of_ours_is_one_idea(kind: str) -> None:
    paper = filled_plan(kind)
    typed = {*said_in(paper), *child_said_in(paper)}
    for form in FORMS:
        ours = {row.words for row in rows_of(printed(form, without_child(paper)))} - typed
        assert [words for words in ours if len(ideas_of(words)) != 1] == []
        assert len(ours) > 8


def test_the_children_see_each_of_their_ideas_in_a_row() -> None:
    paper = filled_plan("domestic_abuse")
    rows = [row.words for row in rows_of(printed("child", paper))]
    expected = list(child_said_in(paper))
    assert [words for words in rows if words in expected] == expected


def test_emergency_comes_first() -> None:
    for form in FORMS:
        rows = rows_of(printed(form, filled_plan("youth_violence")))
        assert "999" in rows[0].words
        assert "55" in rows[1].words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_ours_has_more_than_fifteen_words(language: str) -> None:
    for form in FORMS:
        for paper in (all_phrases(language), without_child(all_phrases(language))):
            told = [text for text in texts_of(plan_html(paper, form)) if text != HARD]
            long = [s for text in told for s in ideas_of(text) if words_in(s) > LONGEST]
            assert long == []
            assert len(told) > 10


def test_every_hard_word_is_explained_and_only_where_it_stands() -> None:
    explained = text_of(printed("easy_read", all_phrases("en")))
    flat = " ".join(explained.split())
    assert [meaning for meaning in MEANINGS if meaning not in flat] == []
    plain = PlanSection(
        heading="Home", prompt="", picture="home", own=(Idea(words="I rest.", picture="bed"),)
    )
    quiet = printed("easy_read", replace(filled_plan("youth_violence"), sections=(plain,)))
    assert "Hard words" not in text_of(quiet)


def test_empty_sections_are_left_out_and_told() -> None:
    paper = filled_plan("domestic_abuse")
    text = text_of(printed("easy_read", paper))
    assert "Court orders" not in text
    assert "Some parts of this plan are still empty." in text
    whole = replace(paper, sections=paper.sections[:3])
    assert "still empty" not in text_of(printed("easy_read", whole))


def test_a_plan_without_a_childrens_part_gives_them_a_page_all_the_same() -> None:
    text = " ".join(text_of(printed("child", without_child(filled_plan("youth_violence")))).split())
    for phrase in ("Call 999", "Say your name and your address.", "It is not your fault."):
        assert phrase in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_childs_page_does_not_tell_where_it_comes_from(kind: str) -> None:
    for paper in (filled_plan(kind), without_child(filled_plan(kind))):
        words = set(re.findall(r"[a-z]+", text_of(printed("child", paper)).lower()))
        assert words & set(TELLING.split()) == set()


def test_the_number_on_a_childs_page_is_the_one_of_the_list() -> None:
    number = code_list("plan_helpline").by_code["childline"].attributes["number"]
    assert number in text_of(printed("child", filled_plan("youth_violence")))


def test_a_row_stays_on_one_page_unless_it_is_longer_than_a_page() -> None:
    words = "word " * 60
    ideas = tuple(Idea(words=f"idea {words}", picture="home") for _ in range(12))
    pdf = printed("easy_read", with_ideas(*ideas))
    rows = [row for row in rows_of(pdf) if row.words.startswith("idea")]
    assert [row.words.count("word") for row in rows] == [60] * 12


def test_an_idea_of_ten_thousand_words_is_printed_whole() -> None:
    words = " ".join(f"w{number}" for number in range(10_000))
    pdf = printed("easy_read", with_ideas(Idea(words=words, picture="home")))
    assert set(words.split()) <= set(text_of(pdf).split())
    assert pages_of(pdf) > 40


def test_a_picture_that_is_no_longer_there_is_replaced_by_another() -> None:
    rows = rows_of(printed("easy_read", with_ideas(Idea(words="Mine.", picture="gone"))))
    assert [row.pictures for row in rows if row.words == "Mine."] == [1]


def test_each_idea_stands_beside_the_picture_that_was_chosen_for_it() -> None:
    ideas = [Idea(words=f"Row {n}.", picture=code) for n, code in enumerate(PICTURES)]
    tree = parse(plan_html(with_ideas(*ideas), "easy_read"), namespace_html_elements=False)
    rows = {"".join(each.itertext()).strip(): each.get("class") for each in tree.iter("div")}
    assert [rows[idea.words].split() for idea in ideas] == [["row", f"p-{c}"] for c in PICTURES]
    style = "".join(next(tree.iter("style")).itertext())
    for picture in PICTURES.values():
        rule = f'.p-{picture.code}::before {{ background-image: url("{picture.asset}"); }}'
        assert rule in style


def test_each_row_of_ours_names_a_picture_that_there_is() -> None:
    papers = (all_phrases("en"), without_child(all_phrases("en")))
    pages = [plan_html(paper, form) for form in FORMS for paper in papers]
    named = {name for page in pages for name in re.findall(r'class="row [^"]*?p-(\w+)', page)}
    assert named - PICTURES.keys() == set()
    assert len(named) > 20


@pytest.mark.parametrize("words", ["", "😀", "a" * 3000, "\u202eb \u2067c\u2069", "خطر call 999"])
def test_a_page_with_hostile_words_passes_pdf_ua(words: str) -> None:
    for form in FORMS:
        section = with_ideas(Idea(words=words, picture="home")).sections[0]
        paper = replace(filled_plan("youth_violence"), sections=(section,), child=(section,))
        assert faults(printed(form, paper)) == []


def with_ideas(*ideas: Idea) -> PlanPaper:
    section = PlanSection(heading="Home", prompt="", picture="home", own=ideas)
    return replace(filled_plan("youth_violence"), sections=(section,))


def said_in(paper: PlanPaper) -> Iterator[str]:
    """What the rows of easy read say of the plan itself, in order."""
    for section in paper.sections:
        yield from (idea.words for idea in (*section.own, *section.worker))
        for step in section.steps:
            yield f"If this happens: {step.when} I will do this: {step.then}"
        yield from (f"{place.label} {place.words}" for place in section.places)
        for person in section.people:
            may = " They may know about this plan." if person.may_know else ""
            yield f"{person.who} {person.reach}{may}"


def child_said_in(paper: PlanPaper) -> Iterator[str]:
    for section in paper.child:
        yield from (idea.words for idea in (*section.own, *section.worker))


def texts_of(html: str) -> list[str]:
    """The text of each paragraph and heading."""
    tree = parse(html, namespace_html_elements=False)
    blocks = [each for each in tree.iter() if each.tag in {"p", "h1", "h2", "h3"}]
    return [" ".join("".join(block.itertext()).split()) for block in blocks]
