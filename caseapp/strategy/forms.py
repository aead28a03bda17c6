"""The forms of the action plan: an objective, an action, how far it is."""

from datetime import date
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from caseapp.clock import now, today
from caseapp.database import db
from caseapp.strategy.models import ActionHead, ObjectiveHead, PlannedAction, ProgressStep
from caseapp.strategy.queries import objectives
from caseapp.strategy.rules import COMPLETE
from caseapp.web.forms import (
    ChoiceSelect,
    CodeCheckboxes,
    CodeRadios,
    DateParts,
    Form,
    Problem,
    TextArea,
    TextLine,
    WholeNumber,
    refuse,
)

EARLIEST = date(2020, 1, 1)
NOBODYS_NAME = "An agency or a post, like “Head of community safety”. Never a person we support"


class ObjectiveForm(Form):
    """What the partnership wants."""

    title = TextLine("Objective", limit=150, width="two-thirds", required="Enter the objective")
    why = TextArea("What will be different?", limit=1000, rows=3)
    place = WholeNumber(
        "Place in the plan", least=1, most=99, required="Enter the place in the plan"
    )

    def head(self, stored: ObjectiveHead | None = None) -> ObjectiveHead:
        return replace(stored or ObjectiveHead(title=""), **self.values())

    @staticmethod
    def stored(head: ObjectiveHead) -> dict[str, Any]:
        return {"title": head.title, "why": head.why, "place": head.place}


class ActionForm(Form):
    """What is done for an objective, by whom and until when."""

    objective = ChoiceSelect("Objective", [], required="Choose an objective")
    title = TextLine("Action", limit=200, width="two-thirds", required="Enter the action")
    owner = TextLine(
        "Owner", limit=100, width="two-thirds", hint=NOBODYS_NAME, required="Enter the owner"
    )
    due_on = DateParts("Due", earliest=EARLIEST, required="Enter the day that it is due")
    indicators = CodeCheckboxes("Indicators that it should move", "indicator")

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self.objective.choices = [
            (str(each.id), each.head.title) for each in objectives(db.session())
        ]

    def head(self, stored: ActionHead | None = None) -> ActionHead:
        new = stored or ActionHead(title="", owner="", due_on=today(), added_on=today())
        return replace(
            new,
            title=self.title.data,
            owner=self.owner.data,
            due_on=self.due_on.data,
            indicators=tuple(self.indicators.data),
        )

    @staticmethod
    def stored(action: PlannedAction) -> dict[str, Any]:
        head = action.head
        return {
            "objective": str(action.objective_id),
            "title": head.title,
            "owner": head.owner,
            "due_on": head.due_on,
            "indicators": head.indicators,
        }


def is_web_address(_form: Any, answer: Any) -> None:
    """A link of another kind could run something."""
    if not answer.data.lower().startswith(("https://", "http://")):
        refuse("Link to the evidence must begin with https:// or http://")


class StepForm(Form):
    """How far an action is, and what shows it."""

    on = DateParts("Date", not_future=True, earliest=EARLIEST, required="Enter the date")
    state = CodeRadios("How far is it?", "action_state", required="Choose how far it is")
    words = TextArea("In words", limit=2000, rows=3)
    evidence = TextLine("What shows it?", limit=300, width="two-thirds")
    link = TextLine(
        "Link to the evidence", limit=500, width="two-thirds", validators=[is_web_address]
    )

    def problem_together(self) -> Problem | None:
        if self.state.data == COMPLETE and not (self.evidence.data or self.link.data):
            return "evidence", "Say what shows that it is complete"
        return None

    def step(self, by: UUID) -> ProgressStep:
        return ProgressStep(id=self.record_id.data, at=now(), by=by, **self.values())


def what_differs(stored: Form, typed: Form) -> tuple[tuple[str, str], ...]:
    """(question, answer as it was) of what was changed."""
    both = zip(stored.read_back(), typed.read_back(), strict=True)
    return tuple((question, was) for (question, was), (_, now_) in both if was != now_)
