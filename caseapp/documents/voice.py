"""Says our own phrases on one paper, and remembers how far the translations can be relied on."""

from __future__ import annotations

from collections import Counter

from markupsafe import Markup, escape

from caseapp.languages import Catalogue, State


class Voice:
    """One language on one paper: `states` counts the phrases that it has said, by their state."""

    def __init__(self, words: Catalogue) -> None:
        self._words = words
        self._said: dict[str, State] = {}

    def say(self, english: str) -> Markup:
        """The phrase as HTML. One that has no translation is marked as English, so that a screen
        reader says it right and its full stop stays at its end."""
        state = self._said[english] = self._words.state(english)
        phrase = escape(self._words.phrase(english))
        if state is not State.MISSING:
            return phrase
        return Markup('<span lang="en" dir="ltr">{}</span>').format(phrase)

    @property
    def states(self) -> Counter[State]:
        return Counter(self._said.values())

    @property
    def has_drafts(self) -> bool:
        return self.states[State.DRAFT] > 0
