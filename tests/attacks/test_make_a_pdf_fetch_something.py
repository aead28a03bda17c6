"""The attacker's aim: make our paper call a server, read a file of the machine, or never end.

Each trick is tried typed as an answer into every place of a plan, and as if it had come through as
markup; all of them together in every format, and once through the app, from the form to the paper.
"""

import io
import re
import socket
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.documents.plan_paper import (
    FORMATS,
    Helpline,
    HistoryLine,
    Idea,
    PlanHelper,
    PlanPaper,
    PlanPlace,
    PlanSection,
    PlanStep,
    plan_html,
)
from caseapp.documents.printer import Printer
from caseapp.documents.problems import DocumentRefused, RenderTookTooLong
from caseapp.documents.rendering import render_pdf
from caseapp.plans.actions import write_first_version
from caseapp.plans.models import Place, SafePerson, SectionWords, Step, VersionBody
from caseapp.reference import CodeList, code_list
from caseapp.reference.in_force import use_editions
from tests.attacks.fetching_tricks import (
    BEFORE,
    FETCHES,
    IGNORED,
    NESTED_FLEX,
    SECRET,
    TYPED,
    Listener,
    filled,
)
from tests.cast import Cast
from tests.paper_words import words_on
from tests.unit.plans.conftest import version_head
from tests.visits import send

DAY = date(2026, 3, 7)
ANSWERS = FETCHES | IGNORED | TYPED
# Marks of direction and control characters are no text that could be read back letter by letter.
READ_BACK = [name for name in ANSWERS if name not in {"bidi", "nul"}]


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    one = Listener()
    yield one
    one.close()


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    """As in the app: a process that is killed when a document takes a minute."""
    one = Printer(workers=1)
    yield one
    one.close()


@pytest.fixture
def secret_file(tmp_path: Path) -> str:
    path = tmp_path / "secret.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{SECRET}</text></svg>')
    return path.as_uri()


def section_with(answer: str) -> PlanSection:
    """The answer in every place that a section has."""
    return PlanSection(
        heading=answer,
        prompt=answer,
        picture=answer,
        own_words=answer,
        worker_words=answer,
        own=(Idea(words=answer, picture=answer),),
        worker=(Idea(words=answer, picture=answer),),
        steps=(PlanStep(when=answer, then=answer, picture=answer),),
        places=(PlanPlace(label=answer, is_safe=False, words=answer, picture=answer),),
        people=(PlanHelper(who=answer, reach=answer, may_know=True, picture=answer),),
    )


def plan_with(*answers: str) -> PlanPaper:
    """Each answer in every place that a plan has."""
    sections = tuple(map(section_with, answers))
    return PlanPaper(
        kind="youth_violence",
        sections=sections,
        child=sections,
        helplines=tuple(Helpline(label=answer, number=answer) for answer in answers),
        prepared_on=DAY,
        review_on=DAY,
        history=tuple(
            HistoryLine(number=1, written_on=DAY, by=answer, review_on=DAY, agreed=answer)
            for answer in answers
        ),
        calls=answers,
    )


def extras_in(pdf: bytes) -> list[object]:
    """Whatever is more than text and pictures: files, notes, links, actions, scripts."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names: Any = document.Root.get("/Names", {})
        return [
            *document.attachments,
            *(item for page in document.pages for item in page.get("/Annots", [])),
            *(page for page in document.pages if "/AA" in page),
            *(key for key in ("/OpenAction", "/AA", "/AcroForm") if key in document.Root),
            *(key for key in ("/JavaScript", "/EmbeddedFiles") if key in names),
        ]


def words_in(pdf: bytes) -> str:
    text = words_on(pdf)
    broken_at_a_hyphen = "\x02"  # how pdfium reads a hyphen that ends a line
    return "".join(text.split()).replace(broken_at_a_hyphen, "-")


def test_the_listener_notes_a_visit(listener: Listener) -> None:
    before = listener.visits
    with socket.create_connection(("127.0.0.1", listener.port)) as visitor:
        visitor.recv(100)
    assert listener.visits == before + 1


def test_the_search_for_more_than_text_finds_a_link() -> None:
    assert extras_in(render_pdf('<title>t</title><a href="https://example.org/">x</a>'))


@pytest.mark.parametrize("trick", ANSWERS)
def test_a_trick_typed_as_an_answer_is_printed_as_text(
    trick: str, listener: Listener, secret_file: str
) -> None:
    before = listener.visits
    answer = filled(ANSWERS[trick], listener, secret_file)
    pdf = render_pdf(plan_html(plan_with(answer)))
    if trick in READ_BACK:
        assert words_in(pdf).count("".join(answer.split())) >= 9
    assert extras_in(pdf) == []
    assert SECRET not in words_in(pdf)
    assert listener.visits == before


@pytest.mark.parametrize("form", FORMATS)
def test_all_tricks_together_fetch_nothing_in_any_format(
    form: str, listener: Listener, printer: Printer, secret_file: str
) -> None:
    before = listener.visits
    answers = [filled(trick, listener, secret_file) for trick in ANSWERS.values()]
    pdf = printer.print(plan_html(plan_with(*answers, NESTED_FLEX), form))
    assert extras_in(pdf) == []
    assert SECRET not in words_in(pdf)
    assert listener.visits == before


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "pocket_card"])
def test_a_trick_is_still_there_to_be_read_in_every_format(
    form: str, listener: Listener, secret_file: str
) -> None:
    """A format that dropped what it could not show would pass all the others."""
    answer = filled(FETCHES["img-file"], listener, secret_file)
    words = words_in(render_pdf(plan_html(plan_with(answer), form)))
    assert words.count("".join(answer.split())) >= 2


@pytest.mark.parametrize("trick", FETCHES)
def test_a_trick_that_came_through_as_markup_stops_the_document(
    trick: str, listener: Listener, secret_file: str
) -> None:
    before = listener.visits
    with pytest.raises(DocumentRefused) as caught:
        render_pdf(
            BEFORE.get(trick, "<title>t</title>") + filled(FETCHES[trick], listener, secret_file)
        )
    assert "127.0.0.1" not in str(caught.value)
    assert listener.visits == before


@pytest.mark.parametrize("trick", IGNORED)
def test_what_the_typesetter_does_not_know_fetches_nothing_either(
    trick: str, listener: Listener, secret_file: str
) -> None:
    before = listener.visits
    pdf = render_pdf(f"<title>t</title>{filled(IGNORED[trick], listener, secret_file)}")
    assert SECRET not in words_in(pdf)
    assert listener.visits == before


def test_a_document_made_to_hang_is_killed() -> None:
    printer = Printer(workers=1, time_limit=1)
    try:
        with pytest.raises(RenderTookTooLong):
            printer.print(NESTED_FLEX)
        assert printer.print(plan_html(plan_with(NESTED_FLEX))).startswith(b"%PDF")
    finally:
        printer.close()


@pytest.fixture
def hostile_plan(app: Flask, cast: Cast, listener: Listener, secret_file: str) -> Iterator[str]:
    """A stored plan with tricks in every place, under headings of a list that somebody edited."""
    answers = [filled(trick, listener, secret_file) for trick in ANSWERS.values()]
    editions = [tricked(code_list(name), answers) for name in EDITED]
    use_editions([(DAY, edition) for edition in editions])
    body = body_with(answers)
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        head = version_head()
        version = write_first_version(
            uuid4(), case, "youth_violence", head, body, cast.assigned_advocate
        )
    yield f"/cases/{cast.case_id}/plans/{version.plan_id}"
    use_editions([])


EDITED = ("plan_section_youth_violence", "plan_section_child", "plan_helpline", "plan_place")


def tricked(shipped: CodeList, answers: list[str]) -> CodeList:
    """The list as a home could edit it: a trick as each label, prompt, picture and number."""
    entries = tuple(
        msgspec.structs.replace(
            entry,
            label=answers[place % len(answers)],
            attributes={
                **entry.attributes,
                **{
                    name: answers[(place + 7) % len(answers)]
                    for name in ("prompt", "picture", "number")
                    if name in entry.attributes
                },
            },
        )
        for place, entry in enumerate(shipped.entries)
    )
    return msgspec.structs.replace(shipped, version=shipped.version + 1, entries=entries)


def body_with(answers: list[str]) -> VersionBody:
    typed = "\n".join(answers)

    def words(name: str) -> tuple[SectionWords, ...]:
        codes = [entry.code for entry in code_list(name).active]
        return tuple(SectionWords(code=code, own=typed, worker=typed) for code in codes[:2])

    return VersionBody(
        sections=words("plan_section_youth_violence"),
        child=words("plan_section_child"),
        steps=tuple(Step(when=answer, then=answer) for answer in answers),
        places=tuple(Place(kind="unsafe_route", words=answer) for answer in answers),
        people=tuple(SafePerson(who=answer, reach=answer) for answer in answers),
        pictures={answer: answer for answer in answers},
    )


@pytest.mark.parametrize("form", FORMATS)
def test_tricks_from_the_form_to_the_paper_fetch_nothing(
    client_of: Callable[[str], FlaskClient],
    hostile_plan: str,
    listener: Listener,
    printer: Printer,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    monkeypatch.setattr("caseapp.prints.printing.printer", printer)
    before = listener.visits
    how = {"plan_format": form, "language": "ar", "copy_is_safe": "yes"}
    answer = send(client_of("manager"), f"{hostile_plan}/print", **how)
    assert answer.mimetype == "application/pdf"
    assert extras_in(answer.data) == []
    assert SECRET not in words_in(answer.data)
    assert listener.visits == before


def test_no_trick_becomes_a_part_of_the_document(listener: Listener, secret_file: str) -> None:
    """Before any of it is drawn: the tags of a plan full of tricks are those of a plan without."""
    answers = [filled(trick, listener, secret_file) for trick in ANSWERS.values()]
    for form in FORMATS:
        harmless = plan_html(plan_with(*("x" * len(answer) for answer in answers)), form)
        if form != "pocket_card":  # it holds as many entries as fit
            assert tags_of(plan_html(plan_with(*answers), form)) == tags_of(harmless)


def tags_of(html: str) -> list[str]:
    return re.findall(r"<\s*/?\s*([a-z0-9]+)", html, re.IGNORECASE)
