"""Taking a plan out: what is audited, and what is refused."""

import json
from typing import Any

import pytest

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.prints import actions
from caseapp.prints.actions import CopyNotSafe
from caseapp.prints.rules import PaperCopy
from tests.cast import Cast
from tests.unit.plans.conftest import WritePlan
from tests.unit.prints.conftest import entries

pytestmark = pytest.mark.usefixtures("in_app")


def take_out(cast: Cast, write_plan: WritePlan, **copy: Any) -> None:
    version = write_plan(copy_is_safe=False)
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        actions.take_out(case, version, cast.manager, PaperCopy(**copy))


def test_how_a_safe_copy_left_is_audited(cast: Cast, write_plan: WritePlan) -> None:
    take_out(cast, write_plan, form="easy_read", language="ar", is_safe=True, is_locked=True)
    told = {"version": 1, "format": "easy_read", "language": "ar", "locked": 1}
    assert json.loads(entries("plan_printed")[-1].detail) == told


@pytest.mark.parametrize("reason", ["", "because I want to"])
def test_a_copy_that_nobody_said_is_safe_is_refused_and_nothing_says_it_left(
    cast: Cast, write_plan: WritePlan, reason: str
) -> None:
    with pytest.raises(CopyNotSafe):
        take_out(cast, write_plan, reason=reason)
    assert entries("plan_printed") == []


def test_the_reason_for_an_unsafe_copy_is_audited_as_a_code(
    cast: Cast, write_plan: WritePlan
) -> None:
    take_out(cast, write_plan, reason="office_file")
    assert json.loads(entries("plan_printed")[-1].detail)["copy_reason"] == "office_file"
