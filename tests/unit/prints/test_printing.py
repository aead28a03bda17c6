"""From a stored version to paper: the newest one, every section, and nobody's name."""

from datetime import timedelta
from uuid import uuid4

import pytest
from msgspec.structs import replace

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.plans.actions import write_first_version, write_version
from caseapp.plans.models import Plan
from caseapp.plans.rules import sections_of
from caseapp.prints.actions import CopyNotSafe
from caseapp.prints.printing import NoPlan, paper_of, read_newest_plan
from tests.cast import Cast
from tests.unit.plans.conftest import WritePlan, version_body, version_head

pytestmark = pytest.mark.usefixtures("in_app")


def case_of(cast: Cast) -> Case:
    return db.session.get_one(Case, cast.case_id)


def test_a_case_without_a_plan_says_so(cast: Cast) -> None:
    with pytest.raises(NoPlan):
        read_newest_plan(case_of(cast), None)


def test_every_section_of_the_kind_is_on_the_paper_in_order(write_plan: WritePlan) -> None:
    version = write_plan("domestic_abuse", at_home="Back door.")
    paper = paper_of(db.session.get_one(Plan, version.plan_id), version)
    wanted = sections_of("domestic_abuse")
    assert [part.heading for part in paper.sections] == [part.heading for part in wanted]
    at_home = paper.sections[[part.code for part in wanted].index("at_home")]
    assert (at_home.own_words, at_home.worker_words) == ("Back door.", "Worker on at_home")


def test_the_command_line_is_held_to_the_safety_of_the_copy_too(
    cast: Cast, write_plan: WritePlan
) -> None:
    write_plan(copy_is_safe=False)
    with pytest.raises(CopyNotSafe), transaction():
        read_newest_plan(case_of(cast), None)
    with transaction():
        assert read_newest_plan(case_of(cast), None, copy_reason="office_file").sections


def test_the_newest_version_is_the_one_that_is_printed(cast: Cast, write_plan: WritePlan) -> None:
    first = write_plan(home="First words")
    plan = db.session.get_one(Plan, first.plan_id)
    with transaction():
        body = version_body(home="Second words")
        write_version(uuid4(), case_of(cast), plan, version_head(), body, cast.manager)
    with transaction():
        paper = read_newest_plan(case_of(cast), None)
    assert [part.own_words for part in paper.sections if part.own_words] == ["Second words"]


def test_the_plan_that_was_written_last_is_the_newest(cast: Cast, write_plan: WritePlan) -> None:
    write_plan("youth_violence", home="Earlier")
    with transaction():
        later = replace(version_head(), written_at=version_head().written_at + timedelta(hours=1))
        body = version_body(at_home="Later")
        case = case_of(cast)
        write_first_version(uuid4(), case, "domestic_abuse", later, body, cast.manager)
    with transaction():
        paper = read_newest_plan(case_of(cast), None)
    assert [part.own_words for part in paper.sections if part.own_words] == ["Later"]
