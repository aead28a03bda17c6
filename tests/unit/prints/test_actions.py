"""Taking a plan out: what is audited, and what is refused."""

import json

import pytest
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.prints import actions
from caseapp.prints.actions import CopyNotSafe
from caseapp.prints.rules import may_be_printed
from tests.cast import Cast
from tests.unit.plans.conftest import WritePlan

pytestmark = pytest.mark.usefixtures("in_app")


def entries(kind: str) -> list[AuditEntry]:
    found = db.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind))
    return sorted(found, key=lambda entry: entry.number)


def test_taking_out_a_safe_copy_is_audited(cast: Cast, write_plan: WritePlan) -> None:
    version = write_plan()
    with transaction():
        actions.take_out(db.session.get_one(Case, cast.case_id), version, cast.manager)
    assert json.loads(entries("plan_printed")[-1].detail) == {"version": 1}


def test_an_unsafe_copy_is_refused_without_a_reason_and_nothing_says_it_left(
    cast: Cast, write_plan: WritePlan
) -> None:
    version = write_plan(copy_is_safe=False)
    case = db.session.get_one(Case, cast.case_id)
    with pytest.raises(CopyNotSafe), transaction():
        actions.take_out(case, version, cast.manager)
    assert entries("plan_printed") == []


def test_the_reason_for_an_unsafe_copy_is_audited_as_a_code(
    cast: Cast, write_plan: WritePlan
) -> None:
    version = write_plan(copy_is_safe=False)
    case = db.session.get_one(Case, cast.case_id)
    with transaction():
        actions.take_out(case, version, cast.manager, copy_reason="office_file")
    assert json.loads(entries("plan_printed")[-1].detail) == {
        "version": 1,
        "copy_reason": "office_file",
    }


def test_an_unsafe_copy_needs_a_reason_of_the_list() -> None:
    assert may_be_printed(True, "")
    assert not may_be_printed(False, "")
    assert not may_be_printed(False, "because I want to")
    assert may_be_printed(False, "read_together")
