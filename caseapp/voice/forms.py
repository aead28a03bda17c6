"""The forms of the room: hiding and coding an open answer, and a finding."""

from typing import Any
from uuid import UUID

from msgspec.structs import replace

from caseapp.clock import today
from caseapp.database import db
from caseapp.strategy.queries import actions_of_plan
from caseapp.surveys.queries import Heard
from caseapp.surveys.responses import COMMUNITY
from caseapp.voice.models import Finding, FindingHead
from caseapp.voice.months import recent_months
from caseapp.voice.pointing import Pointed, hide, is_in
from caseapp.web.forms import (
    ChoiceCheckboxes,
    ChoiceSelect,
    CodeCheckboxes,
    CodeRadios,
    CodeSelect,
    DateParts,
    Form,
    Problem,
    TextArea,
)

NEVER_NAMES = "No names and no places: it hangs where anybody can read it"
SAID_LIMIT, DONE_LIMIT = 200, 300  # what one page of large letters holds


class CodingForm(Form):
    """Which words of an answer are hidden, and what it says."""

    hidden = ChoiceCheckboxes(
        "Hide these words", [], hint="Leave a word out only if it says nothing about anybody"
    )
    more = TextArea(
        "More words to hide", limit=500, rows=3,
        hint="As they stand in the answer, each on a line of its own",
    )  # fmt: skip
    helped = CodeCheckboxes("What helped?", "what_helped", hint="Choose all that the answer names")

    def __init__(self, heard: Heard, pointed: list[Pointed], **how: Any) -> None:
        super().__init__(data={"hidden": [str(n) for n in range(len(pointed))]}, **how)
        self.heard, self.pointed = heard, pointed
        self.hidden.choices = [
            (str(n), f"{each.text} ({each.kind})") for n, each in enumerate(pointed)
        ]

    def problem_together(self) -> Problem | None:
        missing = [each for each in self._typed() if not is_in(self.heard.answer.text, each)]
        if missing:
            return "more", f"“{missing[0]}” is not in the answer"
        if not self.helped.data and self.heard.response.stage != COMMUNITY:
            return "helped", "Choose what helped, or “Something else”"
        return None

    def masked(self) -> str:
        """The answer without everything that is hidden."""
        ticked = [self.pointed[int(n)].text for n in self.hidden.data]
        return hide(self.heard.answer.text, [*ticked, *self._typed()])

    def _typed(self) -> list[str]:
        return [line.strip() for line in self.more.data.splitlines() if line.strip()]


class FindingForm(Form):
    """What was said, and what was done about it."""

    said = TextArea(
        "You said", limit=SAID_LIMIT, rows=3, hint=NEVER_NAMES, required="Enter what people said"
    )
    stage = CodeSelect("Where it was said", "survey_stage", required="Choose where it was said")
    theme = CodeSelect("What helped, if it is about that", "what_helped")
    since = ChoiceSelect("From", recent_months, required="Choose the first month")
    until = ChoiceSelect("To", recent_months, required="Choose the last month")
    done = TextArea("We did", limit=DONE_LIMIT, rows=4, hint=NEVER_NAMES)
    state = CodeRadios("How far is it?", "finding_state", required="Choose how far it is")
    on = DateParts("Date", not_future=True, required="Enter the date")
    action = ChoiceSelect("Action of the plan", [])

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        plan = actions_of_plan(db.session(), today())
        self.action.choices = [(str(each.id), each.head.title) for each in plan]

    def problem_together(self) -> Problem | None:
        if self.since.data > self.until.data:
            return "until", "To must be the same month as From, or later"
        if self.state.data in {"done", "cannot"} and not self.done.data:
            return "done", "Enter what was done, or why it cannot be done"
        return None

    def head(self, stored: FindingHead | None = None) -> FindingHead:
        answers = {name: answer for name, answer in self.values().items() if name != "action"}
        answers["theme"] = answers["theme"] or ""
        return replace(stored, **answers) if stored else FindingHead(**answers)

    def action_id(self) -> UUID | None:
        return UUID(self.action.data) if self.action.data else None

    @staticmethod
    def stored(finding: Finding) -> dict[str, Any]:
        head = finding.head
        names = ("said", "stage", "theme", "since", "until", "done", "state", "on")
        action = str(finding.action_id) if finding.action_id else None
        return {name: getattr(head, name) for name in names} | {"action": action}


def what_differs(stored: Form, typed: Form) -> tuple[tuple[str, str], ...]:
    """(question, answer as it was) of what was changed."""
    both = zip(stored.read_back(), typed.read_back(), strict=True)
    return tuple((question, was) for (question, was), (_, now_) in both if was != now_)
