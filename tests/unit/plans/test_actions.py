"""Writing versions and taking a plan out: nothing is overwritten, everything is audited."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import select

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.cases.acts import CaseIsClosed
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.plans import actions
from caseapp.plans.models import Plan, PlanVersion
from caseapp.plans.queries import newest_version, versions_of
from tests.cast import Cast
from tests.unit.plans.conftest import WritePlan, version_body, version_head

pytestmark = pytest.mark.usefixtures("in_app")


def entries(kind: str) -> list[AuditEntry]:
    found = db.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind))
    return sorted(found, key=lambda entry: entry.number)


def write_next(cast: Cast, plan: Plan, **own_words: str) -> PlanVersion:
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        head, body = version_head(), version_body(**own_words)
        return actions.write_version(uuid4(), case, plan, head, body, cast.manager)


def test_every_version_is_kept_as_it_was(cast: Cast, write_plan: WritePlan) -> None:
    plan = db.session.get_one(Plan, write_plan(home="First words").plan_id)
    write_next(cast, plan, home="Second words", online="New")
    db.session.expire_all()
    newest, first = versions_of(plan)
    assert (newest.number, first.number) == (2, 1)
    assert [words.own for words in newest.body.sections] == ["Second words", "New"]
    assert [words.own for words in first.body.sections] == ["First words"]
    assert newest_version(plan).id == newest.id
    assert plan.head.review_on == newest.head.review_on
    assert newest.author_id == cast.manager.user_id


def test_writing_is_audited_with_the_number_of_the_version_and_no_word_of_it(
    cast: Cast, write_plan: WritePlan
) -> None:
    version = write_plan(home="Canary words")
    entry = entries("plan_written")[-1]
    assert (entry.case_id, entry.subject_id) == (cast.case_id, version.plan_id)
    assert json.loads(entry.detail) == {"version": 1}
    assert entry.actor_id == cast.assigned_advocate.user_id


def test_nothing_is_written_in_a_closed_case(cast: Cast, write_plan: WritePlan) -> None:
    plan = db.session.get_one(Plan, write_plan().plan_id)
    case = db.session.get_one(Case, cast.case_id)
    with transaction():
        case.status = "closed"
        record(Kind.CASE_CLOSED, actor=None, case_id=case.id)
    with pytest.raises(CaseIsClosed):
        write_next(cast, plan, home="Too late")
    assert len(versions_of(plan)) == 1
