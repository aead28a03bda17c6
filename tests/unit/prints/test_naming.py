"""Nobody who is said to have harmed the person is named on their plan, also when they were recorded
after it was written."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.contributions import naming_marks
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.perpetrators.actions import add_perpetrator
from caseapp.perpetrators.models import PerpetratorHead
from caseapp.plans.models import Place, SafePerson, SectionWords, Step, VersionBody
from tests.cast import Cast
from tests.unit.plans.conftest import version_head
from tests.unit.prints.conftest import SAFE, print_it, rewrite
from tests.visits import hidden_fields

pytestmark = pytest.mark.usefixtures("own_printer")

ClientOf = Callable[[str], FlaskClient]
Printed = Callable[[], list[dict[str, object]]]


def accuse(app: Flask, cast: Cast, name: str) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        head = PerpetratorHead(is_known=True, recorded_on=version_head().review_on, given_name=name)
        by = cast.manager
        add_perpetrator(uuid4(), case, head, source="police", confidence="confirmed", by=by)


@pytest.mark.parametrize("where", ["own", "worker", "step", "place", "person", "child"])
def test_a_plan_that_names_somebody_recorded_later_is_not_printed(
    app: Flask, client_of: ClientOf, cast: Cast, printed: Printed, plan_url: str, where: str
) -> None:
    body, heading = NAMED[where]
    rewrite(app, cast, plan_url, body)
    client = client_of("manager")
    assert "Which format?" in client.get(f"{plan_url}/print").text
    accuse(app, cast, "Bartholomew")
    shown = client.get(f"{plan_url}/print")
    answer = client.post(f"{plan_url}/print", data={**hidden_fields(shown), **SAFE})
    assert (shown.status_code, answer.status_code) == (200, 422)
    for page in (shown.text, answer.text):
        assert "This plan cannot be printed yet" in page
        assert page.count("<li>") >= 1
        assert f"<li>{heading}</li>" in page
        assert "<li>Phone and online</li>" not in page
        assert "Bartholomew" not in page
        assert f"{plan_url}/edit" in page
    assert printed() == []


WORDS = "Bartholomew waits there."
ONLINE = SectionWords(code="online", own="Mine.")
NAMED = {
    "own": (VersionBody(sections=(ONLINE, SectionWords(code="home", own=WORDS))), "Home"),
    "worker": (VersionBody(sections=(ONLINE, SectionWords(code="home", worker=WORDS))), "Home"),
    "step": (
        VersionBody(sections=(ONLINE,), steps=(Step(when=WORDS, then="I run"),)),
        "If … I will …",
    ),
    "place": (
        VersionBody(sections=(ONLINE,), places=(Place(kind="unsafe_place", words=WORDS),)),
        "My area",
    ),
    "person": (
        VersionBody(sections=(ONLINE,), people=(SafePerson(who="Rose", reach=WORDS),)),
        "My safe people",
    ),
    "child": (
        VersionBody(sections=(ONLINE,), child=(SectionWords(code="people", own=WORDS),)),
        "The children’s own plan: People who help me",
    ),
}


def test_a_name_that_a_worker_said_is_somebody_elses_may_be_printed(
    app: Flask, client_of: ClientOf, cast: Cast, printed: Printed, plan_url: str
) -> None:
    """For that text alone: the same name elsewhere in the plan holds it back."""
    accuse(app, cast, "Bartholomew")
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        marks = tuple(naming_marks(case, [WORDS]).values())
        record(Kind.PLAN_READ, actor=cast.manager, case_id=case.id)
    said = replace(NAMED["own"][0], somebody_else=marks)
    rewrite(app, cast, plan_url, said)
    client = client_of("manager")
    assert print_it(client, plan_url).data.startswith(b"%PDF")
    rewrite(app, cast, plan_url, replace(said, steps=(Step(when="Bartholomew", then="I run"),)))
    assert print_it(client, plan_url).status_code == 422
    assert [detail["version"] for detail in printed()] == [2]
