"""Which needs are to be looked at again: of each open case asked about, in a fixed number of
statements."""

from datetime import date
from uuid import UUID, uuid4

from flask import Flask

from caseapp.cases.actions import end_flag, raise_flag, review_flag
from caseapp.cases.models import Case
from caseapp.database import db, read_snapshot, transaction
from caseapp.households.due import flags_to_review
from caseapp.people.models import FlagBody, FlagHead, FlagStep, NeedsFlag
from tests.cast import Cast, open_a_case
from tests.statements import counted_statements


def add_flag(case: Case, code: str, on: date, cast: Cast) -> NeedsFlag:
    head = FlagHead(list_name="slcn", code=code, status="suspected", raised_on=on)
    body = FlagBody(steps=(FlagStep(on=on, what="raised", status="suspected"),))
    return raise_flag(uuid4(), case, head, body, cast.assigned_advocate)


def due(*cases: UUID) -> list[tuple[UUID, str, date]]:
    with read_snapshot() as session:
        found = list(flags_to_review(session, cases))
        assert {each.kind for each in found} <= {"flag_review"}
        return sorted((each.case_id, each.what, each.on) for each in found)


def test_a_need_is_due_a_year_after_its_last_step_and_an_ended_one_never(
    each_engine: tuple[Flask, Cast],
) -> None:
    app, cast = each_engine
    with app.app_context():
        with transaction():
            case = db.session.get_one(Case, cast.case_id)
            add_flag(case, "stammer", date(2025, 3, 1), cast)
            reviewed = add_flag(case, "autism", date(2025, 3, 1), cast)
            step = FlagStep(on=date(2026, 1, 9), what="reviewed", status="diagnosed")
            review_flag(case, reviewed, step, cast.assigned_advocate)
            ended = add_flag(case, "adhd", date(2025, 3, 1), cast)
            end_flag(case, ended, date(2026, 1, 9), cast.assigned_advocate)
        assert due(cast.case_id) == [
            (cast.case_id, "Autism", date(2027, 1, 9)),
            (cast.case_id, "Stammer", date(2026, 3, 1)),
        ]
        assert due() == []


def test_more_cases_ask_no_more_of_the_database(app: Flask, cast: Cast) -> None:
    with app.app_context():
        with transaction():
            cases = [open_a_case(cast.colleague) for _ in range(5)]
            for case in cases:
                add_flag(case, "stammer", date(2025, 3, 1), cast)
        vault, people = app.extensions["vault"], [case.person_id for case in cases]
        counts = []
        for some in (cases[:1], cases):
            vault.drop_ciphers(people)
            with counted_statements() as seen:
                assert len(due(*(case.id for case in some))) == len(some)
            counts.append(len(seen))
        assert counts[0] == counts[1]
