"""Inventing what stands beside the answers: words, coded or waiting, and whether people were asked.

None of it is drawn by the chances of the answers, so that those stay what the truth file told.
"""

from collections.abc import Iterator, Sequence
from random import Random
from uuid import UUID, uuid4

from caseapp.cases.models import Case
from caseapp.demo.borough import dice
from caseapp.demo.house_told import AnswersTold
from caseapp.demo.lives import CaseTold
from caseapp.demo.voice_words import COMMUNITY_SAID, COMMUNITY_WAITING, SAID, WAITING
from caseapp.offers.models import OfferHead, SurveyOffer
from caseapp.surveys.responses import COMMUNITY, OpenAnswer

STAGES = ("review", "exit")  # of victims, at which they are asked in their own words
SAYS_MORE = 0.6  # of the community; ours
DECLINES, MAY_ASK_AGAIN = 0.25, 0.7  # ours


def words_beside(
    batch: Sequence[AnswersTold], seed: int, *, is_newest: bool
) -> Iterator[OpenAnswer]:
    """Masked and in their themes; in the newest batch some still wait for the coder."""
    rng = dice(seed, f"words {batch[0].month}")
    waiting, outside = (list(words) if is_newest else [] for words in (WAITING, COMMUNITY_WAITING))
    for place, told in enumerate(batch):
        left = outside if told.stage == COMMUNITY else waiting
        if told.helped and told.stage in STAGES:
            yield _coded(rng, place, told)
        elif left and told.stage in (*STAGES, COMMUNITY):
            language, text = left.pop()
            yield _answer(place, told, text, language)
        elif told.stage == COMMUNITY and rng.random() < SAYS_MORE:
            yield _answer(place, told, rng.choice(COMMUNITY_SAID), is_coded=True)


def offers_of(told: CaseTold, case: Case, author: UUID) -> Iterator[SurveyOffer]:
    """Wherever the case was measured somebody asked; never whether they answered."""
    rng = Random(f"offers {told.reference}")  # noqa: S311 - invented people hold no secret
    for measure in told.measures:
        declined = rng.random() < DECLINES
        again = rng.random() < MAY_ASK_AGAIN
        head = OfferHead(on=measure.on, declined=declined, ask_again=again if declined else None)
        yield SurveyOffer(id=uuid4(), case_id=case.id, author_id=author, head=head)


def _coded(rng: Random, place: int, told: AnswersTold) -> OpenAnswer:
    text = " ".join(rng.choice(SAID[theme]) for theme in told.helped)
    return _answer(place, told, text, is_coded=True, helped=told.helped)


def _answer(
    place: int,
    told: AnswersTold,
    text: str,
    language: str = "en",
    *,
    is_coded: bool = False,
    helped: tuple[str, ...] = (),
) -> OpenAnswer:
    return OpenAnswer(
        number=0,  # given when the batch has its order
        response=place,
        questionnaire=told.stage,
        question="easier_to_use" if told.stage == COMMUNITY else "what_helped",
        language=language,
        text=text,
        is_coded=is_coded,
        helped=helped,
    )
