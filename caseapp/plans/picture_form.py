"""The form that chooses the pictures of a plan: one question for each of its ideas."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from textwrap import shorten
from typing import Any

from flask import current_app
from markupsafe import Markup

from caseapp.documents.pictures import PICTURES
from caseapp.plans.ideas import PlanIdea
from caseapp.web.choice_fields import Choice, Option
from caseapp.web.forms import Form

SHOWN = 60  # letters of a sentence in a message about it


class PictureChoice(Choice):
    """The picture of one idea; blank: the one that its words suggest."""

    data: Any  # a code of PICTURES, or None

    def __init__(self, idea: PlanIdea, **binding: Any) -> None:
        super().__init__(f"Picture beside “{shorten(idea.sentence, SHOWN)}”", **binding)
        self.idea = idea

    def process_formdata(self, valuelist: list[str]) -> None:
        """A sentence that the page did not have yet keeps the picture that it has."""
        if valuelist:
            super().process_formdata(valuelist)

    def offered(self) -> list[Option]:
        return [Option(one.code, one.label, group=one.group) for one in PICTURES.values()]

    def as_sent(self) -> list[tuple[str, str]]:
        return [(str(self.name), self.data or "")]

    def read_back(self) -> str:
        return super().read_back() or "As its words suggest"

    @property
    def shown(self) -> Any:
        """The picture beside the idea as things stand."""
        return PICTURES.get(self.data or "", self.suggested)

    @property
    def suggested(self) -> Any:
        return PICTURES.get(self.idea.suggested, PICTURES["question"])

    def __call__(self, **how: Any) -> Markup:
        module: Any = current_app.jinja_env.get_template("plans/picture_choice.html").module
        drawn: Markup = module.picture_choice(self, **how)
        return drawn


class PictureForm(Form):
    """The questions of one page; ideas on other pages keep their pictures."""

    def pictures(self, before: Mapping[str, str]) -> dict[str, str]:
        """What is chosen now: sentence -> code."""
        asked = {one.idea.sentence: one.data for one in self.choices()}
        kept = {sentence: code for sentence, code in before.items() if sentence not in asked}
        return kept | {sentence: code for sentence, code in asked.items() if code}

    def choices(self) -> list[PictureChoice]:
        return [answer for answer in self.answers() if isinstance(answer, PictureChoice)]

    def by_heading(self) -> list[tuple[str, list[PictureChoice]]]:
        """The questions under the headings of the plan."""
        groups = groupby(self.choices(), key=lambda choice: choice.idea.heading)
        return [(heading, list(choices)) for heading, choices in groups]


def picture_form(ideas: Sequence[PlanIdea]) -> type[PictureForm]:
    questions: dict[str, object] = {idea.name: PictureChoice(idea) for idea in ideas}
    return type("PictureFormOfIdeas", (PictureForm,), questions)


def chosen_for(ideas: Sequence[PlanIdea], pictures: Mapping[str, str]) -> dict[str, str | None]:
    """The answers that a stored version gives to the form. A picture that the library no longer
    has counts as none."""
    stored = {idea.name: pictures.get(idea.sentence) for idea in ideas}
    return {name: code if code in PICTURES else None for name, code in stored.items()}
