"""A victim's plan may lie open on a table at home: nobody accused is ever on it."""

import dataclasses
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from flask import Flask

from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.database import db, transaction
from caseapp.documents.plan_paper import PlanPaper, plan_html
from caseapp.perpetrators import actions
from caseapp.perpetrators.models import Fact, PerpetratorHead, ProgrammeBody, ProgrammeHead
from caseapp.plans.actions import write_first_version
from caseapp.plans.models import Plan, SectionWords, VersionBody, VersionHead
from caseapp.plans.rules import sections_of
from caseapp.prints.paper import paper_of
from tests.cast import Cast

DAY = date(2026, 5, 4)
CANARIES = ("Canaryfirst", "Canarylast", "Canaryaddress", "Canaryprogramme", "07700900777", "1971")


def accuse(cast: Cast) -> None:
    """Every field of an alleged perpetrator filled with what would be known again."""
    case, by = db.session.get_one(Case, cast.case_id), cast.assigned_advocate
    head = PerpetratorHead(
        is_known=True, recorded_on=DAY, given_name="Canaryfirst", family_name="Canarylast",
        date_of_birth=date(1971, 1, 2), violence_types=("physical",),
    )  # fmt: skip
    somebody = actions.add_perpetrator(
        uuid4(), case, head, source="police", confidence="confirmed", by=by
    )
    for what, text in (("address", "Canaryaddress"), ("phone", "07700900777")):
        fact = Fact(
            id=uuid4(), what=what, text=text, source="police", confidence="likely",
            noted_on=DAY, by=by.user_id,
        )  # fmt: skip
        actions.add_fact(case, somebody, fact, by)
    offer = ProgrammeHead(offered_on=DAY, result="offered", victim_support="by_us")
    actions.record_programme(
        uuid4(), case, somebody, offer, ProgrammeBody(programme="Canaryprogramme"), by
    )


def texts_in(value: Any) -> Iterator[str]:
    """Every text that hangs on a value, through all its fields."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts_in(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts_in(getattr(value, field.name))
    else:
        yield str(value)


@pytest.mark.parametrize("kind", ["domestic_abuse", "youth_violence"])
def test_no_field_of_the_paper_and_no_word_of_it_names_who_did_it(
    app: Flask, cast: Cast, kind: str
) -> None:
    with app.app_context(), transaction():
        accuse(cast)
        case = db.session.get_one(Case, cast.case_id)
        words = tuple(SectionWords(code=part.code, own="Mine") for part in sections_of(kind))
        head = VersionHead(written_at=now(), review_on=DAY, is_agreed=True, copy_is_safe=True)
        version = write_first_version(
            uuid4(), case, kind, head, VersionBody(sections=words), cast.assigned_advocate
        )
        plan = db.session.get_one(Plan, version.plan_id)
        paper = paper_of(case, plan, version)
    shown = [*texts_in(paper), plan_html(paper)]
    assert len(shown) > len(words)
    assert [text for text in shown if any(canary in text for canary in CANARIES)] == []


def test_the_walk_sees_a_name_that_somebody_puts_there() -> None:
    paper = PlanPaper(kind="youth_violence", sections=(), prepared_on=DAY, review_on=DAY)
    named = dataclasses.replace(paper, language="Canarylast")
    assert "Canarylast" in list(texts_in(named))


@pytest.mark.parametrize("shape", [VersionHead, VersionBody, SectionWords, PlanPaper])
def test_a_plan_has_no_place_for_who_did_it(shape: type[Any]) -> None:
    is_struct = issubclass(shape, msgspec.Struct)
    names = shape.__struct_fields__ if is_struct else [f.name for f in dataclasses.fields(shape)]
    assert not [name for name in names if "perpetrator" in name or "suspect" in name]
