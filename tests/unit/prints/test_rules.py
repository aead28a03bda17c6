"""Pure decisions about taking a plan out."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.documents.locking import prepared
from caseapp.documents.plan_paper import FORMATS, PlanPaper
from caseapp.prints.rules import PaperCopy, format_for, may_leave, typed_in, why_not_password
from caseapp.reference import choices
from tests.unit.documents.filled_plan import KINDS, filled_plan

REASONS = [code for code, _ in choices("plan_copy_reason")]


@given(st.text())
def test_a_copy_that_is_not_safe_leaves_for_a_reason_of_the_list_alone(reason: str) -> None:
    assert may_leave(PaperCopy(is_safe=False, reason=reason)) == (reason in REASONS)


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_of_the_list_lets_a_copy_out(reason: str) -> None:
    assert may_leave(PaperCopy(is_safe=False, reason=reason))


def test_nobody_having_said_that_it_is_safe_counts_as_not_safe() -> None:
    assert not may_leave(PaperCopy())


def test_the_format_is_proposed_by_how_they_read_best() -> None:
    assert [format_for(best) for best in ("easy_read", "large_print", "", "braille")] == [
        "easy_read", "large_print", "standard", "standard",
    ]  # fmt: skip
    assert {format_for(code) for code, _ in choices("reading_format")} <= set(FORMATS)


@given(st.text(max_size=200))
def test_a_password_is_long_enough_to_help_and_short_enough_for_a_pdf(password: str) -> None:
    if why_not_password(password) is None:
        assert len(prepared(password)) >= 8
        assert len(prepared(password).encode()) <= 127


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("1234567", "8 characters or more"),
        ("\N{SOFT HYPHEN}" * 20, "cannot take"),
        ("x" * 128, "cannot take"),
        ("\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * 8, "cannot take"),
        ("12345678", ""),
        ("x" * 127, ""),
    ],
)
def test_a_password_that_is_refused_says_why(password: str, message: str) -> None:
    told = why_not_password(password)
    assert (told is None) if not message else message in str(told)


@pytest.mark.parametrize("kind", KINDS)
def test_every_typed_text_of_a_paper_is_walked(kind: str) -> None:
    """Marks every text that nobody typed; what is left unmarked must have been walked."""
    paper = filled_plan(kind)
    ours = {"heading", "prompt", "picture", "label", "own", "worker"}
    walked = {text for _, text in typed_in(paper)}
    assert set(_texts(paper.sections, ours)) | set(_texts(paper.child, ours)) == walked


def _texts(value: object, without: set[str]) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, tuple):
        return [text for part in value for text in _texts(part, without)]
    if not dataclasses.is_dataclass(value):
        return []
    fields = [field.name for field in dataclasses.fields(value) if field.name not in without]
    return [text for name in fields for text in _texts(getattr(value, name), without)]


def test_a_heading_says_where_a_text_stands() -> None:
    paper: PlanPaper = filled_plan("youth_violence")
    told = {text: heading for heading, text in typed_in(paper)}
    assert told["The library, until eight"] == "My area"
    assert told["Coach Danny"] == "My safe people"
    assert told[paper.child[0].own_words] == f"The children’s own plan: {paper.child[0].heading}"
