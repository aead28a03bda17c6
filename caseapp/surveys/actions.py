"""Letting answers into the readable store: a batch at a time, shuffled."""

from collections.abc import Sequence
from secrets import SystemRandom

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.database import db
from caseapp.surveys.models import BatchHead, SurveyBatch
from caseapp.surveys.responses import Response
from caseapp.surveys.rules import why_refused


class BatchRefused(Exception):
    """These answers stay where they are; one plain line."""


def release_batch(month: str, responses: Sequence[Response]) -> None:
    """Keep the answers of a month (YYYY-MM) where they can be counted; the caller commits.

    The audit learns the month and nothing else: no actor, who might be whoever asked. Raises
    BatchRefused for fewer than 10 answers, and for a month or a code that there is not.
    """
    if refusal := why_refused(month, responses):
        raise BatchRefused(refusal)
    shuffled = SystemRandom().sample(responses, len(responses))  # nobody can wind it back
    head = BatchHead(responses=tuple(shuffled))
    db.session.add(SurveyBatch(month=month, answers=len(shuffled), head=head))
    record(Kind.ANSWERS_RELEASED, actor=None, detail={"month": month})
