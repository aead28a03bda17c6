"""How many of our phrases a speaker has checked in a language, for whoever chooses it."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from caseapp.languages.catalogues import Catalogue, State, catalogue


@dataclass(frozen=True)
class SpeakerReview:
    """How many phrases are in which state."""

    reviewed: int
    draft: int
    missing: int

    @property
    def is_reviewed(self) -> bool:
        """Whether a speaker has checked every phrase. English counts as checked."""
        return not self.draft and not self.missing

    @property
    def sentence(self) -> str:
        """One line for staff."""
        if self.is_reviewed:
            return "Reviewed by a speaker"
        if not self.reviewed:
            return "Draft, not yet reviewed by a speaker"
        total = self.reviewed + self.draft + self.missing
        return f"Draft, {self.reviewed} of {total} phrases reviewed by a speaker"


@cache
def speaker_review_of(code: str) -> SpeakerReview:
    """How far a language can be relied on; raises KeyError for one that we do not print."""
    return counted(catalogue(code))


def counted(words: Catalogue) -> SpeakerReview:
    """How many phrases of one catalogue are in which state."""
    states = Counter(words.state(english) for english in words.translations)
    return SpeakerReview(states[State.REVIEWED], states[State.DRAFT], states[State.MISSING])
