"""The standard safety plan as a document: what is in it, in which order, and what can never be."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinyhtml5 import parse

from caseapp.documents.plan_paper import FILE_NAME, PlanPaper, PlanSection, plan_html

Plan = Callable[..., str]
TELLING = ("name", "perpetrator", "offender", "suspect", "victim", "client", "case", "service")


def paper(section: PlanSection) -> str:
    return plan_html(
        PlanPaper(
            kind="youth_violence",
            sections=(section,),
            prepared_on=date(2026, 3, 7),
            review_on=date(2026, 4, 4),
        )
    )


def test_no_field_can_hold_a_name() -> None:
    fields = [f.name for kind in (PlanPaper, PlanSection) for f in dataclasses.fields(kind)]
    assert not [name for name in fields for word in TELLING if word in name]


def test_the_title_and_the_file_name_give_nothing_away() -> None:
    html = paper(PlanSection(picture="home", heading="h", prompt="p"))
    title = html[html.index("<title>") : html.index("</title>")].lower()
    assert not [word for word in (*TELLING, "safe", "abuse", "violence") if word in title]
    assert FILE_NAME == "my-plan.pdf"


def test_the_danger_box_comes_before_everything_else(plan: Plan) -> None:
    html = plan("Mine")
    order = [html.index(part) for part in ("In danger now?", "999", "press 55", "Section 1")]
    assert order == sorted(order)


def test_own_words_and_the_workers_are_kept_apart(plan: Plan) -> None:
    html = plan("Mine", worker_words="Theirs")
    own, worker = html.index('class="own'), html.index('class="worker')
    assert own < html.index("Mine") < worker < html.index("Theirs")


def test_dates_are_written_in_words(plan: Plan) -> None:
    html = plan("Mine")
    assert "7 March 2026" in html
    assert "4 April 2026" in html


def test_an_empty_section_is_left_out_and_there_is_room_to_write_once(plan: Plan) -> None:
    html = plan("Mine", " \n ", "")
    assert "Section 1" in html
    assert "Section 2" not in html
    assert "Section 3" not in html
    assert html.count("You can write here.") == 1


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("I go home", "ltr"),
        ("999 ثم أضغط 55", "rtl"),
        ("My neighbour زينب", "ltr"),
        ("זינב my neighbour", "rtl"),
        ("999", "ltr"),
        ("😀 👍", "ltr"),
    ],
)
def test_each_paragraph_runs_in_its_own_direction(plan: Plan, words: str, direction: str) -> None:
    assert f'<p dir="{direction}">{words}</p>' in plan(f"{words}\nplain")


def test_a_language_that_we_do_not_print_is_refused() -> None:
    with pytest.raises(KeyError):
        plan_html(
            PlanPaper(
                kind="youth_violence",
                sections=(),
                prepared_on=date(2026, 3, 7),
                review_on=date(2026, 4, 4),
                language="xx",
            )
        )


TYPED = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)
TYPED |= st.sampled_from(["</style><script>", "</title>", "{{ 7 * 7 }}", "<!--", "]]>", "&lt;b>"])
TYPED |= st.sampled_from(['"><img src=x>', "'", "<p>", "\\", "*/"])


@settings(deadline=None)
@given(TYPED, TYPED, TYPED, TYPED)
def test_nothing_that_a_person_writes_becomes_markup(
    heading: str, prompt: str, own: str, worker: str
) -> None:
    # Words that are there either way, so that only the markup can differ.
    def tags(section: PlanSection) -> list[str]:
        tree = parse(paper(section), namespace_html_elements=False)
        return [element.tag for element in tree.iter() if element.tag != "p"]

    typed = PlanSection(
        picture="home",
        heading="h" + heading,
        prompt="p" + prompt,
        own_words="o" + own,
        worker_words="w" + worker,
    )
    plain = PlanSection(picture="home", heading="h", prompt="p", own_words="o", worker_words="w")
    assert tags(typed) == tags(plain)


@settings(deadline=None)
@given(TYPED)
def test_nothing_that_a_person_writes_reaches_the_style(own: str) -> None:
    def style(words: str) -> str:
        html = paper(PlanSection(picture="home", heading="h", prompt="p", own_words=words))
        return html[: html.index("</style>")]

    assert style(own) == style("")
