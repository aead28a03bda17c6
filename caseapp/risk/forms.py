"""The forms of risk: the worker's own judgement, a DASH result, the youth judgement."""

from typing import Any

from caseapp.clock import now
from caseapp.reference import label_of
from caseapp.risk.models import DashBody, DashHead, YouthBody, YouthHead
from caseapp.risk.rules import (
    MOST,
    NotItems,
    is_lower,
    level_by_score,
    read_items,
    why_score_is_wrong,
)
from caseapp.risk.youth import Domain, proposed_level
from caseapp.web.forms import (
    ChoiceCheckboxes,
    CodeRadios,
    DateParts,
    Form,
    Problem,
    TextArea,
    TextLine,
    WholeNumber,
    refuse,
)

NUMBERS = [(str(number), str(number)) for number in range(1, MOST + 1)]


class RiskForm(Form):
    judged_on = DateParts("Date", required="Enter the date", not_future=True)
    level = CodeRadios("Level of risk", "risk_level", required="Choose a level of risk")
    reasons = TextArea("Why?", limit=5000, required="Say why, so that the next worker understands")


def _are_items(_form: Form, field: TextLine) -> None:
    try:
        read_items(field.data)
    except NotItems as problem:
        refuse(str(problem))


def why_too_low(level: str, score: int) -> str | None:
    """The score of a DASH holds, whichever way a worker judges."""
    by_score = level_by_score(score)
    if not is_lower(level, by_score):
        return None
    words = label_of("risk_level", by_score).lower()
    return f"A score of {score} is {words}. Judgement may raise it, never lower it"


class DashForm(Form):
    """Numbers of items alone: the words of the checklist belong to its authors."""

    items = TextLine(
        "Numbers of the items answered yes",
        hint="For example, 1 3 5-8. The level follows from the score",
        limit=200,
        validators=[_are_items],
    )
    ticked = ChoiceCheckboxes("Or tick them", NUMBERS)
    score = WholeNumber(
        "Score", hint="Only where the items are not at hand", least=0, most=MOST, width="2"
    )
    on = DateParts("Date of the DASH", required="Enter the date of the DASH", not_future=True)
    level = CodeRadios(
        "Level by professional judgement",
        "risk_level",
        hint="Only to raise the level above the score",
    )
    reasons = TextArea("Why do you raise it?", limit=5000, rows=3)

    def head(self) -> DashHead:
        """Once problem_together() found nothing."""
        items = self.chosen()
        score = len(items) if items else self.score.data
        by_score = level_by_score(score)
        level = self.level.data or by_score
        return DashHead(
            on=self.on.data,
            score=score,
            level_by_score=by_score,
            level=level,
            by_judgement=level != by_score,
            items=items,
            written_at=now(),
        )

    def body(self) -> DashBody:
        return DashBody(reasons=self.reasons.data)

    def chosen(self) -> tuple[int, ...]:
        """Typed or ticked: once both were understood."""
        return read_items(self.items.data) or tuple(int(number) for number in self.ticked.data)

    def problem_together(self) -> Problem | None:
        ticked = tuple(int(number) for number in self.ticked.data)
        if self.items.data and ticked and ticked != read_items(self.items.data):
            return "items", "Type the items or tick them: the two differ"
        problem = why_score_is_wrong(self.chosen(), self.score.data)
        if problem:
            return "score" if self.chosen() else "items", problem
        return self._problem_with_level()

    def _problem_with_level(self) -> Problem | None:
        score = len(self.chosen()) or self.score.data or 0
        level = self.level.data
        problem = why_too_low(level, score) if level else None
        if problem:
            return "level", problem
        if level and level != level_by_score(score) and not self.reasons.data:
            return "reasons", "Say why you raise the level above the score"
        return None


class YouthForm(Form):
    """What the youth judgement asks besides its parts."""

    domains: tuple[Domain, ...] = ()

    level = CodeRadios("Overall level of risk", "risk_level")
    reasons = TextArea("Why?", limit=5000, rows=3)
    on = DateParts("Date", required="Enter the date", not_future=True)

    def boxes(self) -> list[tuple[Domain, Any, Any]]:
        """(part, how much concern, a few words) in order."""
        return [
            (domain, self[f"concern_{domain.code}"], self[f"words_{domain.code}"])
            for domain in self.domains
        ]

    def concerns(self) -> tuple[tuple[str, str], ...]:
        return tuple((domain.code, concern.data) for domain, concern, _ in self.boxes())

    def proposed(self) -> str:
        return proposed_level(self.concerns())

    def head(self) -> YouthHead:
        return YouthHead(
            on=self.on.data,
            concerns=self.concerns(),
            proposed=self.proposed(),
            level=self.level.data,
            written_at=now(),
        )

    def body(self) -> YouthBody:
        words = tuple((domain.code, words.data) for domain, _, words in self.boxes() if words.data)
        return YouthBody(words=words, reasons=self.reasons.data)

    def problem_together(self) -> Problem | None:
        """A worker may decide otherwise than the proposal, and says why."""
        level = self.level.data
        if level and level != self.proposed() and not self.reasons.data:
            words = label_of("risk_level", self.proposed()).lower()
            return "reasons", f"The answers point to {words}. Say why you judge otherwise"
        return None


def youth_form(domains: tuple[Domain, ...]) -> type[YouthForm]:
    """A form that asks about these parts of a young person's life."""
    questions: dict[str, object] = {"domains": domains}
    for domain in domains:
        questions[f"concern_{domain.code}"] = CodeRadios(
            f"{domain.label}: how much concern?",
            "youth_concern",
            required=f"{domain.label}: choose how much concern there is",
        )
        questions[f"words_{domain.code}"] = TextArea(
            f"{domain.label}: in a few words", limit=1000, rows=2
        )
    return type("YouthFormOfDomains", (YouthForm,), questions)
