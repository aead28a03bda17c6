"""A victim's plan may lie open on a table at home: nobody accused is ever on it.

Every record that could speak of who did it is filled with canaries, field by field; then a first
plan is begun from the record, saved as it was proposed, and printed in every format.
"""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar
from uuid import UUID, uuid4

import msgspec
import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.database import db, transaction
from caseapp.documents.plan_paper import FORMATS, PlanPaper, plan_html
from caseapp.documents.printer import Printer
from caseapp.households.actions import add_child
from caseapp.households.models import ChildBody, ChildHead
from caseapp.incidents.actions import add_incident
from caseapp.incidents.models import IncidentBody, IncidentHead
from caseapp.marac import actions as marac
from caseapp.marac.models import ActionBody, ActionHead, MaracBody, MaracHead
from caseapp.people.models import Person
from caseapp.perpetrators import actions
from caseapp.perpetrators.models import Fact, PerpetratorHead, ProgrammeBody, ProgrammeHead
from caseapp.plans.actions import write_first_version
from caseapp.plans.models import (
    Place,
    Plan,
    PlanVersion,
    SafePerson,
    SectionWords,
    Step,
    VersionBody,
    VersionHead,
)
from caseapp.plans.rules import KINDS
from caseapp.prints.paper import paper_of
from caseapp.prints.rules import PaperCopy
from caseapp.reference import choices
from caseapp.risk import actions as risk
from caseapp.risk.models import (
    DashBody,
    DashHead,
    RiskHead,
    YouthBody,
    YouthHead,
)
from caseapp.sharing.models import SharingBody, SharingHead
from tests.cast import Cast, open_a_case
from tests.paper_words import words_on
from tests.shown_forms import shown_form, with_answers

ClientOf = Callable[[str], FlaskClient]
Shape = TypeVar("Shape", bound=msgspec.Struct)
DAY = date(2026, 5, 4)
CANARY = "canary"
NUMBER = "07700900777"
PERSONS_OWN = ("places", "peers", "online", "protective_factors")  # parts of a youth judgement
KEPT = "Outside the library after six"
SAVED = {
    "agreed_by": "person",
    "copy_is_safe": "yes",
    "child_own_people": "Miss Hall",  # so that the children's own plan has something to print
}


def filled(shape: type[Shape], **given: Any) -> Shape:
    """One of these with a canary in each text that is not given."""
    texts = [field.name for field in msgspec.structs.fields(shape) if field.type is str]
    return shape(**{name: f"Canary{shape.__name__}{name}" for name in texts} | given)


def accuse(case: Case, cast: Cast, given_name: str = "Canaryfirst") -> UUID:
    """Every field of an alleged perpetrator, every kind of fact, and a programme."""
    by = cast.assigned_advocate
    head = filled(
        PerpetratorHead, is_known=True, recorded_on=DAY, given_name=given_name,
        family_name="Canarylast", date_of_birth=date(1971, 1, 2), violence_types=("physical",),
        sex="male", ethnicity="not_known", relationship="intimate", standing="former",
    )  # fmt: skip
    somebody = actions.add_perpetrator(
        uuid4(), case, head, source="police", confidence="confirmed", by=by
    )
    for what, _ in choices("perpetrator_fact"):
        text = NUMBER if what == "phone" else f"Canary{what}"
        fact = Fact(
            id=uuid4(), what=what, text=text, source="police", confidence="likely",
            noted_on=DAY, by=by.user_id,
        )  # fmt: skip
        actions.add_fact(case, somebody, fact, by)
    offer = filled(ProgrammeHead, offered_on=DAY, result="offered", victim_support="by_us")
    actions.record_programme(uuid4(), case, somebody, offer, filled(ProgrammeBody), by)
    return somebody.id


def harm(case: Case, cast: Cast, perpetrator_id: UUID) -> None:
    """What was done, and what the MARAC was told of it."""
    by = cast.assigned_advocate
    incident = IncidentHead(
        happened_on=DAY, offence="actual_bodily_harm", perpetrator_id=perpetrator_id
    )
    add_incident(uuid4(), case, incident, filled(IncidentBody), by)
    referred = MaracHead(
        referred_on=DAY, criteria=("professional_judgement",), is_repeat=False,
        perpetrator_id=perpetrator_id,
    )  # fmt: skip
    shared = SharingHead(shared_on=DAY, with_whom="MARAC", consent="given", basis="agreed")
    told = filled(MaracBody, consent="given")
    referral = marac.refer_case(uuid4(), case, referred, told, (shared, filled(SharingBody)), by)
    promise = ActionHead(what="Canarypromise", due_on=DAY)
    marac.add_action(uuid4(), case, referral, by.user_id, promise, filled(ActionBody), by)


def judge(case: Case, cast: Cast) -> None:
    """The risk: what others do to the person by a word, and their own life by a name."""
    by = cast.assigned_advocate
    risk.judge_risk(uuid4(), case, RiskHead(judged_on=DAY, level="high"), "Canaryreasons", by)
    dash = DashHead(on=DAY, score=3, level_by_score="standard", level="standard")
    risk.record_dash(uuid4(), case, dash, filled(DashBody), by)
    words = {part: f"Canary{part}" for part, _ in choices("youth_risk_domain")}
    words |= dict.fromkeys(PERSONS_OWN, f"With Canarylast or {NUMBER}") | {"places": KEPT}
    head = YouthHead(on=DAY, concerns=(), proposed="high", level="high")
    body = filled(YouthBody, words=tuple(words.items()))
    risk.judge_youth_risk(uuid4(), case, head, body, by)


def write_before(cast: Cast, person_id: UUID, kind: str) -> None:
    """A plan of an earlier case that names somebody, who was recorded there alone."""
    by = cast.assigned_advocate
    other = open_a_case(by)
    other.person_id = person_id
    record(Kind.CASE_CHANGED, actor=by, team_id=other.team_id, case_id=other.id)
    body = VersionBody(
        sections=(
            SectionWords(code="online", own="Block Canaryfirst", worker="Block Canaryearlier"),
        ),
        child=(SectionWords(code="people", own="Not Canarylast", worker="Not Canaryearlier"),),
        steps=(Step(when="Canaryearlier comes", then="I run"),),
        places=(Place(kind="unsafe_place", words="Where Canaryfirst works"),),
        people=(SafePerson(who="Canaryother's sister"), SafePerson(who="Ada", reach=NUMBER)),
        pictures={"Block Canaryfirst": "phone"},
    )
    head = VersionHead(written_at=now(), review_on=DAY, is_agreed=True, copy_is_safe=True)
    write_first_version(uuid4(), other, kind, head, body, by)
    accuse(other, cast, "Canaryearlier")


@pytest.fixture
def full_of_canaries(app: Flask, cast: Cast) -> Callable[[str], None]:
    """Fills the records of the case for a plan of a kind."""

    def fill(kind: str) -> None:
        with app.app_context(), transaction():
            case, by = db.session.get_one(Case, cast.case_id), cast.assigned_advocate
            perpetrator_id = accuse(case, cast)
            harm(case, cast, perpetrator_id)
            judge(case, cast)
            write_before(cast, case.person_id, kind)
            child = filled(ChildHead, name="Ada", date_of_birth=date(2019, 1, 1))
            add_child(uuid4(), case, child, filled(ChildBody), by)
            person = db.session.get_one(Person, case.person_id)
            contact = replace(person.body.safe_contact, wording="Canarywording")
            person.body = replace(person.body, safe_contact=contact, alerts="Canaryalerts")
            case.body = replace(case.body, summary="Canarysummary")
            record(Kind.CASE_CHANGED, actor=by, team_id=case.team_id, case_id=case.id)

    return fill


@pytest.fixture(scope="module")
def printer() -> Iterator[Printer]:
    own = Printer(workers=1)
    yield own
    own.close()


def texts_in(value: Any) -> Iterator[str]:
    """Every text that hangs on a value, through all its fields."""
    if isinstance(value, msgspec.Struct):
        value = msgspec.structs.asdict(value)
    elif dataclasses.is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, tuple | list):
        for part in value:
            yield from texts_in(part)
    else:
        yield str(value)


def naming(texts: Iterator[str] | list[str]) -> list[str]:
    return [text for text in texts if CANARY in text.casefold() or NUMBER in text]


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_accused_is_in_a_plan_that_was_begun_from_the_record_nor_on_any_paper_of_it(
    client_of: ClientOf,
    app: Flask,
    cast: Cast,
    full_of_canaries: Callable[[str], None],
    printer: Printer,
    kind: str,
) -> None:
    full_of_canaries(kind)
    client, new = client_of("assigned_advocate"), f"/cases/{cast.case_id}/plans/new/{kind}"
    proposed = shown_form(client.get(new))
    assert KEPT in proposed.values()  # the record was read, so nothing passes for want of reading
    assert naming([text for text in proposed.values() if text]) == []
    saved = client.post(new, data=with_answers(proposed, **SAVED))
    assert saved.status_code == 302
    with app.app_context():
        version = db.session.query(PlanVersion).filter_by(case_id=cast.case_id).one()
        plan = db.session.get_one(Plan, version.plan_id)
        assert naming(list(texts_in(version.head)) + list(texts_in(version.body))) == []
        case = db.session.get_one(Case, cast.case_id)
        papers = {form: paper_of(case, plan, version, PaperCopy(form=form)) for form in FORMATS}
    for form, paper in papers.items():
        html = plan_html(paper, form)
        assert naming([*texts_in(paper), html]) == [], form
        text = words_on(printer.print(html))
        assert text.strip(), form
        assert naming([text]) == [], form


def test_the_walk_sees_a_name_that_somebody_puts_there(printer: Printer) -> None:
    paper = PlanPaper(kind="youth_violence", sections=(), prepared_on=DAY, review_on=DAY)
    named = dataclasses.replace(paper, language="Canarylast")
    assert naming(list(texts_in(named))) == ["Canarylast"]
    assert naming(list(texts_in(VersionBody(sections=(), pictures={"Canarylast": "phone"}))))
    assert naming([words_on(printer.print("<html lang=en><title>My plan</title>Canarylast"))])


@pytest.mark.parametrize("shape", [VersionHead, VersionBody, SectionWords, PlanPaper])
def test_a_plan_has_no_place_for_who_did_it(shape: type[Any]) -> None:
    is_struct = issubclass(shape, msgspec.Struct)
    names = shape.__struct_fields__ if is_struct else [f.name for f in dataclasses.fields(shape)]
    assert not [name for name in names if "perpetrator" in name or "suspect" in name]
