"""How far a questionnaire can be relied on in each of the other languages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from caseapp.languages import LANGUAGES, Language, State
from caseapp.questionnaires.asked import ENGLISH, Question

OTHERS = tuple(each for code, each in LANGUAGES.items() if code != ENGLISH)


@dataclass(frozen=True)
class SpokenIn:
    """How many of its questions are in which state."""

    language: Language
    reviewed: int
    draft: int
    missing: int

    @property
    def state(self) -> State:
        """The worst of any question."""
        if self.missing:
            return State.MISSING
        return State.DRAFT if self.draft else State.REVIEWED

    @property
    def in_words(self) -> str:
        total = self.reviewed + self.draft + self.missing
        if self.missing == total:
            return "Not translated"
        if self.missing:
            return f"{self.missing} of {total} not translated"
        if self.draft:
            return f"Draft, {self.reviewed} of {total} reviewed" if self.reviewed else "Draft"
        return "Reviewed"


def spoken_in(questions: Sequence[Question]) -> tuple[SpokenIn, ...]:
    """For each language but English, in their order. A question counts by its worse form."""
    return tuple(_counted(questions, language) for language in OTHERS)


def _counted(questions: Sequence[Question], language: Language) -> SpokenIn:
    states = Counter(_state(question, language.code) for question in questions)
    return SpokenIn(language, states[State.REVIEWED], states[State.DRAFT], states[State.MISSING])


def _state(question: Question, code: str) -> State:
    if not (question.words.get(code) and question.easy.get(code)):
        return State.MISSING
    return question.in_language(code).state
