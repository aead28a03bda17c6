"""From a stored version to paper: every section, all that is written in it, and nobody's name."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from msgspec.structs import replace

from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.documents.pictures import PICTURES
from caseapp.documents.plan_paper import PlanPaper
from caseapp.plans.actions import write_first_version, write_version
from caseapp.plans.models import (
    CallHead,
    Place,
    Plan,
    PlanVersion,
    ReviewCall,
    SafePerson,
    SectionWords,
    Step,
    VersionBody,
    VersionHead,
)
from caseapp.plans.rules import sections_of
from caseapp.prints.paper import paper_of
from caseapp.prints.rules import PaperCopy
from tests.cast import Cast
from tests.unit.plans.conftest import WritePlan, version_body, version_head

pytestmark = pytest.mark.usefixtures("in_app")

ROWS = VersionBody(
    sections=(SectionWords(code="if_then", own="I stay calm.", worker="Practised."),),
    steps=(Step(when="I am followed", then="I go into the library"),),
    places=(Place(kind="safe_route", words="The canal"), Place(kind="gone", words="The arches")),
    people=(SafePerson(who="Aunt Rose", reach="her phone", may_know=True),),
)


def write(cast: Cast, kind: str, body: VersionBody, **head: Any) -> PlanVersion:
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        written = replace(version_head(), **head)
        return write_first_version(uuid4(), case, kind, written, body, cast.assigned_advocate)


def on_paper(version: PlanVersion, form: str = "standard", language: str = "en") -> PlanPaper:
    case = db.session.get_one(Case, version.case_id)
    plan = db.session.get_one(Plan, version.plan_id)
    return paper_of(case, plan, version, PaperCopy(form=form, language=language))


@pytest.mark.parametrize("kind", ["domestic_abuse", "youth_violence"])
def test_every_section_of_the_kind_is_on_the_paper_in_order(cast: Cast, kind: str) -> None:
    wanted = sections_of(kind)
    words = [
        SectionWords(code=part.code, own=f"Own {part.code}.", worker=f"Worker {part.code}.")
        for part in reversed(wanted)
    ]
    paper = on_paper(write(cast, kind, VersionBody(sections=tuple(words))))
    assert [
        (part.heading, part.prompt, part.own_words, part.worker_words) for part in paper.sections
    ] == [
        (part.heading, part.prompt, f"Own {part.code}.", f"Worker {part.code}.") for part in wanted
    ]
    assert all(part.picture for part in paper.sections)


def test_an_empty_section_is_on_the_paper_too(cast: Cast) -> None:
    paper = on_paper(write(cast, "youth_violence", version_body(home="Here.")))
    empty = [part.heading for part in paper.sections if not part.own_words]
    assert empty[0] == "Friends and peers"


@pytest.mark.parametrize("kind", ["domestic_abuse", "youth_violence"])
def test_steps_places_and_people_stand_in_the_sections_that_name_them(
    cast: Cast, kind: str
) -> None:
    paper = on_paper(write(cast, kind, ROWS))
    wanted = [part.rows for part in sections_of(kind)]
    places = paper.sections[wanted.index("places")].places
    assert [(place.label, place.is_safe, place.words) for place in places] == [
        ("A safe way to go", True, "The canal"),
        (
            "gone (not in the list)",
            False,
            "The arches",
        ),  # a code that no edition knows is never called safe
    ]
    (step,) = paper.sections[wanted.index("steps")].steps
    assert (step.when, step.then) == ("I am followed", "I go into the library")
    (person,) = paper.sections[wanted.index("people")].people
    assert (person.who, person.reach, person.may_know) == ("Aunt Rose", "her phone", True)
    assert sum(bool(part.steps or part.places or part.people) for part in paper.sections) == 3


def test_the_childrens_own_plan_is_there_where_it_has_words(cast: Cast) -> None:
    body = replace(ROWS, child=(SectionWords(code="code_word", own="Pineapple"),))
    paper = on_paper(write(cast, "domestic_abuse", body))
    assert [part.own_words for part in paper.child if part.own_words] == ["Pineapple"]
    assert [part.heading for part in paper.child] == [p.heading for p in sections_of("child")]
    assert on_paper(write(cast, "youth_violence", ROWS)).child == ()


def test_the_helplines_are_those_of_the_kind_and_for_children_their_own(cast: Cast) -> None:
    youth = write(cast, "youth_violence", ROWS)
    abuse = write(cast, "domestic_abuse", ROWS)
    assert numbers(youth) == ["0800 1111", "08 08 16 89 111"]
    assert numbers(abuse) == ["0808 2000 247", "08 08 16 89 111"]
    assert numbers(abuse, "child") == ["0800 1111"]


def numbers(version: PlanVersion, form: str = "standard") -> list[str]:
    return [line.number for line in on_paper(version, form).helplines]


def test_the_days_are_those_of_the_place_and_the_language_is_the_one_asked_for(
    write_plan: WritePlan,
) -> None:
    paper = on_paper(write_plan(), language="fa")  # written at half past eleven, UTC, in May
    assert (paper.prepared_on, paper.review_on) == (date(2026, 5, 5), date(2026, 6, 1))
    assert paper.language == "fa"


@pytest.mark.parametrize("form", ["standard", "large_print", "easy_read", "pocket_card", "child"])
def test_no_member_of_staff_is_on_what_the_person_takes(write_plan: WritePlan, form: str) -> None:
    paper = on_paper(write_plan(), form)
    assert (paper.history, paper.calls) == ((), ())


def test_the_workers_copy_tells_each_version_until_this_one(
    cast: Cast, write_plan: WritePlan
) -> None:
    first = write_plan()
    plan = db.session.get_one(Plan, first.plan_id)
    second = write_next(
        cast, plan, agreed_by=("person", "parent_or_carer"), agreed_on=date(2026, 5, 20)
    )
    write_next(cast, plan)
    newest, oldest = on_paper(second, "worker").history
    assert (newest.number, newest.by, newest.agreed_on) == (2, "Manager", date(2026, 5, 20))
    assert newest.agreed == "The person themselves, A parent or carer"
    assert (oldest.number, oldest.by) == (1, "Assigned Advocate")
    assert oldest.agreed == "The person themselves"  # written before it was asked who
    assert (oldest.written_on, oldest.review_on) == (date(2026, 5, 5), date(2026, 6, 1))


def write_next(cast: Cast, plan: Plan, **head: Any) -> PlanVersion:
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        written: VersionHead = replace(version_head(), **head)
        return write_version(uuid4(), case, plan, written, version_body(home="New"), cast.manager)


def test_the_workers_copy_says_why_a_review_is_due(cast: Cast, write_plan: WritePlan) -> None:
    version = write_plan()
    written_at = version.head.written_at
    call(cast, "move", written_at - timedelta(days=1))  # this version answered it
    call(cast, "marac", written_at + timedelta(days=2))
    call(cast, "new_incident", written_at + timedelta(days=1))
    call(cast, "marac", written_at + timedelta(days=3))
    told = on_paper(version, "worker").calls
    assert told == ("A new incident was recorded", "The case went to the MARAC")


def call(cast: Cast, reason: str, called_at: datetime) -> None:
    assert called_at.tzinfo is UTC
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        head = CallHead(reason=reason, called_at=called_at)
        db.session.add(ReviewCall(id=uuid4(), case_id=case.id, head=head))
        note_act(Kind.PLAN_READ, case, cast.manager, Permission.WRITE_PLAN)


def test_a_sentence_has_the_picture_that_was_chosen_or_that_its_words_or_its_section_suggest(
    cast: Cast,
) -> None:
    own = "My dog barks at the bus. Xyzzy. Come here! Plugh."
    pictures = {"My dog barks at the bus.": "music", "Plugh.": "there is none of this name"}
    body = VersionBody(
        sections=(SectionWords(code="home", own=own),),
        steps=(Step(when="Xyzzy", then="Plugh"), Step(when="Xyzzy", then="I ring the police")),
        pictures={**pictures, "Plugh": "stop"},
    )
    paper = on_paper(write(cast, "youth_violence", body))
    shown = {idea.words: idea.picture for idea in paper.sections[0].own}
    assert shown["My dog barks at the bus."] == "music"
    assert (shown["Xyzzy."], shown["Plugh."]) == ("home", "home")
    (steps,) = [part.steps for part in paper.sections if part.steps]
    assert steps[0].picture == "stop"
    assert steps[1].picture != "question"  # the section's


@pytest.mark.parametrize("form", ["easy_read", "child"])
def test_every_idea_of_a_printed_plan_has_a_picture_that_there_is(cast: Cast, form: str) -> None:
    words = tuple(SectionWords(code=part.code, own="Xyzzy.") for part in sections_of("child"))
    paper = on_paper(write(cast, "domestic_abuse", replace(ROWS, child=words)), form)
    parts = (*paper.sections, *paper.child)
    rows: list[Any] = [
        row for p in parts for row in (*p.own, *p.worker, *p.steps, *p.places, *p.people)
    ]
    assert len(rows) > 6
    assert {row.picture for row in rows} | {part.picture for part in parts} <= set(PICTURES)
