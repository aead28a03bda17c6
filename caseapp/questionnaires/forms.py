"""The forms of questionnaires: a new one, its title, one question."""

from collections.abc import Sequence
from typing import Any

from caseapp.documents.easy_read import LONGEST, too_long
from caseapp.documents.pictures import PICTURES
from caseapp.questionnaires.asked import ENGLISH, OPEN, SCALE, Question
from caseapp.questionnaires.writing import SHORT_NAME
from caseapp.reference import choices, code_list
from caseapp.web.choice_fields import Choice, Option
from caseapp.web.forms import (
    ChoiceRadios,
    ChoiceSelect,
    CodeCheckboxes,
    CodeRadios,
    Form,
    Problem,
    TextArea,
    TextLine,
    refuse,
)

OWN_SCALE, OWN_OPEN = "own_scale", "own_open"
OWN = ((OWN_SCALE, "Something else: how much they agree"), (OWN_OPEN, "Their own words"))
NAME_HINT = "Small letters and _ only, like felt_welcome. Keep it when you ask the same elsewhere"
LIMIT = 200  # letters of a question


class TitleForm(Form):
    """What staff call the questionnaire."""

    title = TextLine(
        "Title",
        limit=80,
        width="two-thirds",
        hint="Staff alone see it, never whoever answers",
        required="Enter the title",
    )


class NewForm(TitleForm):
    """A new one: the stage stays the same in all its versions."""

    stage = CodeRadios("When it is given", "survey_stage", required="Choose when it is given")


def is_easy(_form: Any, answer: Any) -> None:
    """Easy read has short sentences."""
    if too_long(answer.data):
        refuse(f"{answer.words}: a sentence has more than {LONGEST} words. Make two of it")


def is_short_name(_form: Any, answer: Any) -> None:
    if not SHORT_NAME.fullmatch(answer.data):
        refuse("Short name must be small letters, with _ between words")
    if answer.data in code_list("survey_item").by_code:
        refuse("This short name is one of the list above: choose it there")


class PictureSelect(Choice):
    """A picture of the library, under its headings."""

    macro = "select"

    def offered(self) -> list[Option]:
        return [Option(one.code, one.label, group=one.group) for one in PICTURES.values()]


class QuestionForm(Form):
    """One question in English. `offer` tells it which questions stand before it."""

    about = ChoiceRadios(
        "What it asks",
        lambda: [*choices("survey_item"), *OWN],
        hint="Your own are in the team’s results only. The others count in the indicators too",
        required="Choose what it asks",
    )
    own_name = TextLine(
        "Short name", limit=30, width="20", hint=NAME_HINT, validators=[is_short_name]
    )
    open_name = TextLine(
        "Short name of the open question",
        limit=30,
        width="20",
        hint=NAME_HINT,
        validators=[is_short_name],
    )
    words = TextArea("Everyday words", limit=LIMIT, rows=2, required="Enter the everyday words")
    easy = TextArea(
        "Easy words",
        limit=LIMIT,
        rows=2,
        hint=f"Short sentences, {LONGEST} words at most. Words that a child of nine knows",
        required="Enter the easy words",
        validators=[is_easy],
    )
    picture = PictureSelect("Picture beside the easy words", required="Choose a picture")
    asked_after = ChoiceSelect(
        "Ask it only after some answers to", [], hint="Leave it as it is to ask it always"
    )
    after_answers = CodeCheckboxes("Answers after which it is asked", "survey_answer")

    def offer(self, earlier: Sequence[Question]) -> None:
        self.asked_after.choices = [
            (each.code, each.words[ENGLISH]) for each in earlier if each.kind == SCALE
        ]

    def problem_together(self) -> Problem | None:
        name = {OWN_SCALE: "own_name", OWN_OPEN: "open_name"}.get(self.about.data)
        if name and not self[name].data:
            return name, "Enter a short name"
        if self.asked_after.data and not self.after_answers.data:
            return "after_answers", "Choose the answers after which it is asked"
        if self.after_answers.data and not self.asked_after.data:
            return "asked_after", "Choose the question that these answers are to"
        return None

    def question(self) -> Question:
        after = frozenset(self.after_answers.data)
        return Question(
            code={OWN_SCALE: self.own_name.data, OWN_OPEN: self.open_name.data}.get(
                self.about.data, self.about.data
            ),
            kind="open" if self.about.data == OWN_OPEN else "scale",
            words={ENGLISH: self.words.data},
            easy={ENGLISH: self.easy.data},
            picture=self.picture.data,
            only_if=(self.asked_after.data, after) if self.asked_after.data else None,
        )

    @staticmethod
    def stored(question: Question) -> dict[str, Any]:
        earlier, after = question.only_if or (None, frozenset())
        return {
            "about": _about(question),
            "own_name": question.code if _about(question) == OWN_SCALE else "",
            "open_name": question.code if question.kind == OPEN else "",
            "words": question.words[ENGLISH],
            "easy": question.easy[ENGLISH],
            "picture": question.picture,
            "asked_after": earlier,
            "after_answers": [code for code, _ in choices("survey_answer") if code in after],
        }


def _about(question: Question) -> str:
    if question.kind == OPEN:
        return OWN_OPEN
    return question.code if question.code in code_list("survey_item").by_code else OWN_SCALE
