"""Plans for the tests, written as the assigned advocate would."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from flask import Flask

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.documents.printer import Printer
from caseapp.plans import actions
from caseapp.plans.models import PlanVersion, SectionWords, VersionBody, VersionHead
from tests.cast import Cast

WritePlan = Callable[..., PlanVersion]


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app


@pytest.fixture(scope="module")
def own_printer() -> Iterator[None]:
    """Workers that end with the tests of one file."""
    own = Printer(workers=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("caseapp.prints.printing.printer", own)
        yield
    own.close()


@pytest.fixture
def write_plan(cast: Cast) -> WritePlan:
    """Writes and commits the first version of a plan; needs an app context."""

    def write(
        kind: str = "youth_violence", *, copy_is_safe: bool = True, **own_words: str
    ) -> PlanVersion:
        with transaction():
            case = db.session.get_one(Case, cast.case_id)
            return actions.write_first_version(
                uuid4(),
                case,
                kind,
                version_head(copy_is_safe=copy_is_safe),
                version_body(**(own_words or {"home": "I go to my aunt."})),
                cast.assigned_advocate,
            )

    return write


def version_head(*, copy_is_safe: bool = True, review_on: date = date(2026, 6, 1)) -> VersionHead:
    return VersionHead(
        written_at=datetime(2026, 5, 4, 23, 30, tzinfo=UTC),
        review_on=review_on,
        is_agreed=True,
        copy_is_safe=copy_is_safe,
    )


def version_body(**own_words: str) -> VersionBody:
    return VersionBody(
        sections=tuple(
            SectionWords(code=code, own=words, worker=f"Worker on {code}")
            for code, words in own_words.items()
        )
    )
