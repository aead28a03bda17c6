"""What a person is asked: a questionnaire and its questions, in each language and in two forms."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from caseapp.languages import LANGUAGES, State

ENGLISH = "en"
SCALE, OPEN = "scale", "open"

Kind = Literal["scale", "open"]


class Said(Struct, frozen=True, kw_only=True):
    """Words as they are shown. `lang`, `dir`: of these words, English where there are no others.
    `reviewed_by`: which speaker checked them, or ""."""

    text: str
    lang: str
    dir: str
    state: State
    reviewed_by: str = ""


class Wording(Struct, frozen=True, kw_only=True):
    """`words`, `easy`: language → what is said, `easy` in easy read. `reviewed_by`: language → the
    speaker who checked both; a language without one is a draft. `picture`: a code, or ""."""

    words: Mapping[str, str]
    easy: Mapping[str, str]
    picture: str = ""
    reviewed_by: Mapping[str, str] = {}

    def in_language(self, lang: str, easy: bool = False) -> Said:
        """In easy read, the everyday words of the language come before the easy English ones."""
        forms = (self.easy, self.words) if easy else (self.words,)
        text = next((form[lang] for form in forms if form.get(lang)), "")
        if not text:
            return _said(forms[0].get(ENGLISH) or self.words[ENGLISH], ENGLISH, State.MISSING)
        reviewer = self.reviewed_by.get(lang, "")
        is_checked = lang == ENGLISH or bool(reviewer)
        return _said(text, lang, State.REVIEWED if is_checked else State.DRAFT, reviewer)


class Question(Wording, frozen=True, kw_only=True):
    """One question. `code`: of survey_item, or the analyst's own. `kind`: how much one agrees
    (survey_answer), or words of one's own. `only_if`: it is asked where the answer to an earlier
    question is one of these codes."""

    code: str
    kind: Kind = "scale"
    only_if: tuple[str, frozenset[str]] | None = None


class Point(Wording, frozen=True, kw_only=True):
    """One answer that can be chosen: a code of survey_answer."""

    code: str


class Questionnaire(Struct, frozen=True, kw_only=True):
    """A version of one. It never changes: a change is a newer version. `stage`: survey_stage.
    `title` is for staff alone: whoever answers never sees it."""

    code: str
    version: int
    stage: str
    title: str
    questions: tuple[Question, ...]


def _said(text: str, lang: str, state: State, reviewed_by: str = "") -> Said:
    direction = LANGUAGES[lang].direction
    return Said(text=text, lang=lang, dir=direction, state=state, reviewed_by=reviewed_by)
