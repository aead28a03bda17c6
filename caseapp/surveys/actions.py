"""Letting answers into the readable store, a batch at a time; putting what was said into themes."""

from collections.abc import Sequence, Set
from secrets import SystemRandom
from uuid import UUID

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.database import db
from caseapp.surveys.models import BatchHead, SurveyBatch
from caseapp.surveys.responses import OpenAnswer, Response
from caseapp.surveys.rules import known, once, why_refused


class BatchRefused(Exception):
    """These answers stay where they are; one plain line."""


class CodingRefused(Exception):
    """This answer cannot be coded so; one plain line."""


def release_batch(
    month: str,
    responses: Sequence[Response],
    said: Sequence[OpenAnswer] = (),
    own_items: Set[str] = frozenset(),
) -> None:
    """Keep the answers of a month (YYYY-MM) where they can be counted; the caller commits.

    `said`: each names its response by its place in `responses`. The audit learns the month and
    nothing else: no actor, who might be whoever asked. Raises BatchRefused for fewer than 10
    answers, and for a month or a code that there is not.
    """
    if refusal := why_refused(month, responses, own_items):
        raise BatchRefused(refusal)
    places = SystemRandom().sample(range(len(responses)), len(responses))  # nobody winds it back
    shuffled = tuple(responses[place] for place in places)
    head = BatchHead(responses=shuffled, said=_numbered(said, places))
    db.session.add(SurveyBatch(month=month, answers=len(shuffled), head=head))
    record(Kind.ANSWERS_RELEASED, actor=None, detail={"month": month})


def code_answer(
    batch_id: UUID, number: int, masked: str, helped: Sequence[str], *, by: Actor
) -> None:
    """Keep the masked text of an open answer alone, and put its themes into its response; the
    caller commits. Raises CodingRefused, and StaleDataError where somebody was quicker."""
    batch = db.session.get(SurveyBatch, batch_id)
    if batch is None or not 0 <= number < len(batch.head.said):
        raise CodingRefused("There is no such answer")
    if not (known("what_helped", helped) and once(helped)):
        raise CodingRefused("A theme is not known")
    coded = replace(batch.head.said[number], text=masked, is_coded=True, helped=tuple(helped))
    batch.head = _with(batch.head, coded)
    record(Kind.ANSWERS_CODED, actor=by, detail={"month": batch.month})


def _numbered(said: Sequence[OpenAnswer], places: Sequence[int]) -> tuple[OpenAnswer, ...]:
    """In the order of the shuffled responses."""
    now_at = {place: at for at, place in enumerate(places)}
    moved = sorted((replace(each, response=now_at[each.response]) for each in said), key=_place)
    return tuple(replace(each, number=number) for number, each in enumerate(moved))


def _place(answer: OpenAnswer) -> tuple[int, str]:
    return answer.response, answer.question


def _with(head: BatchHead, coded: OpenAnswer) -> BatchHead:
    """Two open answers of one response may each bring themes."""
    said = tuple(coded if each.number == coded.number else each for each in head.said)
    mine = [each for each in said if each.response == coded.response]
    helped = tuple(sorted({theme for each in mine for theme in each.helped}))
    responses = list(head.responses)
    responses[coded.response] = replace(responses[coded.response], helped=helped)
    return BatchHead(responses=tuple(responses), said=said)
