"""The form that types in one language: two boxes for each question, and who checked them."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from caseapp.languages import Language
from caseapp.questionnaires.asked import ENGLISH, Question
from caseapp.questionnaires.forms import LIMIT, is_easy
from caseapp.questionnaires.writing import Pair
from caseapp.web.forms import Form, Problem, TextArea, TextLine

BOTH = "Enter the everyday words and the easy words, or neither"


class InLanguage(TextArea):
    """A box whose words are in another language, so that they are read aloud and run as they
    should."""

    def __init__(self, label: str, language: Language, **rest: Any) -> None:
        super().__init__(label, limit=LIMIT, rows=2, **rest)
        self.language = language

    def _params(self, look: Any) -> dict[str, Any]:
        params = super()._params(look)
        spoken = {"lang": self.language.code, "dir": self.language.direction}
        return {**params, "attributes": {**params["attributes"], **spoken}}


class Asked(NamedTuple):
    """One question on the page."""

    question: Question
    everyday: InLanguage
    easy: InLanguage


class TranslationForm(Form):
    """`translation_form` adds the boxes of each question."""

    questions: Sequence[Question] = ()
    checked_by: Any

    def boxes(self) -> list[Asked]:
        box: Any = self
        return [
            Asked(each, box[f"words_{each.code}"], box[f"easy_{each.code}"])
            for each in self.questions
        ]

    def pairs(self) -> Mapping[str, Pair]:
        return {each.question.code: (each.everyday.data, each.easy.data) for each in self.boxes()}

    def problem_together(self) -> Problem | None:
        for each in self.boxes():
            for box, other in ((each.everyday, each.easy), (each.easy, each.everyday)):
                if other.data and not box.data:
                    return str(box.name), BOTH
        return None


def translation_form(questions: Sequence[Question], language: Language) -> type[TranslationForm]:
    boxes: dict[str, Any] = {}
    for each in questions:
        easy = f"Easy words: {each.easy[ENGLISH]}"
        boxes[f"words_{each.code}"] = InLanguage(each.words[ENGLISH], language)
        boxes[f"easy_{each.code}"] = InLanguage(easy, language, validators=[is_easy])
    boxes["checked_by"] = TextLine(
        f"Which speaker of {language.english} has checked all of these words?",
        limit=60,
        width="20",
        hint="Leave it empty where nobody has: the words are a draft. Words that you do not change"
        " keep who checked them",
    )
    return type("TranslationOfThese", (TranslationForm,), {**boxes, "questions": questions})


def stored_in(questions: Sequence[Question], language: Language) -> dict[str, str]:
    """The answers that stored questions give to the form."""
    code = language.code
    return {f"words_{each.code}": each.words.get(code, "") for each in questions} | {
        f"easy_{each.code}": each.easy.get(code, "") for each in questions
    }
