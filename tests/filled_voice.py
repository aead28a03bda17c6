"""What victims are asked, what they said, and what was done about it; what the addresses name."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.offers.actions import note_offer
from caseapp.offers.models import OfferHead
from caseapp.surveys.actions import release_batch
from caseapp.surveys.codes import Facts, draw
from caseapp.surveys.models import SurveyBatch
from caseapp.surveys.responses import OpenAnswer, Response
from caseapp.voice.actions import add_finding, change_finding
from caseapp.voice.models import FindingHead
from tests.cast import Cast
from tests.filled_questionnaires import keep_questionnaires

MONTH = "2026-05"
SAID = OpenAnswer(
    number=0, response=0, questionnaire="exit", question="what_helped", language="en",
    text="Ms Adeyemi rang me each week.",
)  # fmt: skip
FINDING = FindingHead(
    said="They did not know where to wait.", done="There is a room now.", stage="exit",
    since=MONTH, until=MONTH, state="done", on=date(2026, 6, 1),
)  # fmt: skip


def offer_a_survey(case: Case, cast: Cast) -> None:
    """Nothing that an address names; the caller commits."""
    declined = OfferHead(on=date(2026, 5, 4), declined=True, ask_again=True)
    note_offer(uuid4(), case, declined, cast.assigned_advocate)


def release_answers() -> UUID:
    """Of nobody; returns the batch. The caller commits."""
    said = (("feels_safer", "agree"),)
    response = Response(stage="exit", service="idva", theme=("domestic_abuse",), answers=said)
    release_batch(MONTH, [response] * 10, [SAID])
    db.session.flush()
    return db.session.scalars(select(SurveyBatch.id).where(SurveyBatch.month == MONTH)).one()


def keep_a_finding(cast: Cast) -> UUID:
    """One that was changed since; the caller commits."""
    finding = add_finding(uuid4(), None, FINDING, cast.analyst)
    before = (("What was done about it?", "Nothing yet."),)
    change_finding(finding, None, FINDING, before, cast.analyst)
    return finding.id


def keep_voice(cast: Cast) -> dict[str, Any]:
    """In an app context; what the addresses of these rooms name."""
    with transaction():
        (code,) = draw(Facts(questionnaire="exit", version=1, stage="exit"))
        finding_id = keep_a_finding(cast)
    named = {"surveys.code": code, "why": "used", "anything": "nothing-there"}
    return {**keep_questionnaires(cast), **named, "finding_id": finding_id}
