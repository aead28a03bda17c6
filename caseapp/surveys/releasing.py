"""Once a month, by the server's own clock, answers leave the box for the readable store.

Never when somebody answers: the audit of a release would say when that was.
"""

from collections.abc import Iterator, Sequence
from secrets import SystemRandom

from caseapp.clock import today
from caseapp.database import transaction
from caseapp.surveys import stack
from caseapp.surveys.actions import release_batch
from caseapp.surveys.anonymity import coarse_together
from caseapp.surveys.facts import Facts
from caseapp.surveys.months import first_of, month_of
from caseapp.surveys.remembered import forget_all_but, keep_among_few
from caseapp.surveys.responses import OpenAnswer, Response
from caseapp.surveys.traces import wipe_soon
from caseapp.surveys.waiting import Waiting, pools, put_back, take_box

FEWEST_WAITING = 20
KEPT_BACK = 10  # chosen by chance, so that nobody knows whose answers a batch holds


def let_answers_out() -> None:
    """Release what has waited long enough, where this month's release has not been; forget codes
    that ended long ago. Called every hour. Raises CannotOpen."""
    with transaction():
        box = take_box()
        this_month = month_of(today())
        if box.let_out_in == this_month:
            return
        stack.sweep(first_of(today(), -1))
        # The first month of all only begins to gather.
        staying = _staying(box.waiting) if box.let_out_in else box.waiting
        put_back(staying, this_month)
    forget_all_but(staying)
    wipe_soon()


def _staying(waiting: Sequence[Waiting]) -> list[Waiting]:
    """Release what can go, and return the rest."""
    staying: list[Waiting] = []
    for pool in pools(waiting):
        SystemRandom().shuffle(pool)
        if len(pool) >= FEWEST_WAITING:
            _release(pool[KEPT_BACK:])
            staying += keep_among_few(pool[:KEPT_BACK])
        else:
            staying += pool
    return staying


def _release(leaving: Sequence[Waiting]) -> None:
    kept = coarse_together([each.facts for each in leaving])
    told = [_response(facts, each) for facts, each in zip(kept, leaving, strict=True)]
    said = [answer for place, each in enumerate(leaving) for answer in _said(place, each)]
    items = {item for each in leaving for item, _ in each.answers}
    # Of this month, which no monthly release can hold yet: that of the month before may be made
    # already, and would then count something else.
    release_batch(month_of(today()), told, said, own_items=items)


def _response(facts: Facts, waiting: Waiting) -> Response:
    return Response(
        stage=facts.stage,
        service=facts.service,
        theme=facts.theme,
        justice_outcome=facts.justice_outcome,
        age_band=facts.age_band,
        sex=facts.sex,
        ethnicity=facts.ethnicity,
        answers=waiting.answers,
    )


def _said(place: int, waiting: Waiting) -> Iterator[OpenAnswer]:
    for question, language, text in waiting.said:
        yield OpenAnswer(
            number=0,  # given when the batch has its order
            response=place,
            questionnaire=waiting.facts.questionnaire,
            question=question,
            language=language,
            text=text,
        )
