"""What is invented for the whole borough and for no case. The truth file holds these shapes."""

from datetime import date

from msgspec import Struct

from caseapp.surveys.responses import Response


class AnswersTold(Response, frozen=True, kw_only=True, tag_field="kind", tag="survey_response"):
    """What one victim said; `month` is that of the batch that it was released in."""

    month: str


class FigureTold(Struct, frozen=True, kw_only=True, tag_field="kind", tag="figure"):
    """A figure that the analyst entered for a financial year, such as 2026-27."""

    year: str
    code: str
    value: float
    source: str
    dated_on: date


class StepTold(Struct, frozen=True, kw_only=True):
    on: date
    state: str
    words: str
    evidence: str


class ActionOfPlanTold(Struct, frozen=True, kw_only=True, tag_field="kind", tag="action"):
    """An action of the partnership's plan, under one of its objectives."""

    objective: str
    title: str
    owner: str
    added_on: date
    due_on: date
    indicators: tuple[str, ...]
    steps: tuple[StepTold, ...]
