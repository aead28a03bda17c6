"""Joining in a process of its own: the same document, and a process that never stays behind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from multiprocessing import active_children

import pikepdf
import pytest

from caseapp.documents.joining import join
from caseapp.documents.joining_apart import join_and_lock
from caseapp.documents.plan_paper import plan_html
from caseapp.documents.problems import DocumentProblem, RenderTookTooLong
from caseapp.documents.rendering import render_pdf
from tests.unit.documents.conftest import faults, text_of
from tests.unit.documents.filled_plan import filled_plan

PASSWORD = "harbour-quilt-comet-47"


@pytest.fixture(scope="module")
def plans() -> list[bytes]:
    papers = [filled_plan("youth_violence", language) for language in ("en", "ar")]
    return [render_pdf(plan_html(paper, "child")) for paper in papers]


class Stopped(Exception):
    """Somebody ended it."""


def test_it_is_the_document_that_joining_makes_and_opens_with_the_password_alone(
    plans: list[bytes],
) -> None:
    locked = b"".join(join_and_lock(iter(plans), PASSWORD))
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    opened = io.BytesIO()
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as document:
        document.save(opened)
    assert text_of(opened.getvalue()) == text_of(join(plans))
    assert faults(opened.getvalue()) == []


def test_what_ends_the_plans_ends_the_process_too(plans: list[bytes]) -> None:
    def cancelled() -> Iterator[bytes]:
        yield plans[0]
        raise Stopped

    before = set(active_children())
    with pytest.raises(Stopped):
        list(join_and_lock(cancelled(), PASSWORD))
    assert set(active_children()) <= before


@pytest.mark.parametrize("pdfs", [[], [b"no PDF"]])
def test_what_cannot_be_joined_is_one_plain_problem(pdfs: list[bytes]) -> None:
    before = set(active_children())
    with pytest.raises(DocumentProblem) as caught:
        list(join_and_lock(pdfs, PASSWORD))
    assert str(caught.value) == DocumentProblem.sentence
    assert set(active_children()) <= before


def test_a_joining_that_hangs_is_killed(plans: list[bytes]) -> None:
    before = set(active_children())
    with pytest.raises(RenderTookTooLong):
        list(join_and_lock(plans * 20, PASSWORD, time_limit=0))
    assert set(active_children()) <= before
