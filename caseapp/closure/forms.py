"""Forms of closing: outcomes, asking for it, deciding it, opening again, holding the record."""

from datetime import date

from caseapp.closure.models import ClosureBody, ClosureHead, MeasureBody, MeasureHead
from caseapp.reference import code_list
from caseapp.web.forms import (
    CodeRadios,
    Confirm,
    DateParts,
    Form,
    TextArea,
    YesNo,
)

POINT = "point_"


class MeasureForm(Form):
    """How the person is doing, on one page; `measure_form` adds a question for each measure."""

    stage = CodeRadios("When is this?", "outcome_stage", required="Choose intake, review or exit")
    measured_on = DateParts("Date", required="Enter the date", not_future=True)
    own_words = TextArea("In their own words", limit=2000, rows=3)

    def head(self) -> MeasureHead:
        return MeasureHead(
            stage=self.stage.data,
            measured_on=self.measured_on.data,
            points=tuple(
                (answer.short_name.removeprefix(POINT), answer.data or "not_asked")
                for answer in self.points()
            ),
        )

    def body(self) -> MeasureBody:
        return MeasureBody(own_words=self.own_words.data)

    def points(self) -> list[CodeRadios]:
        return [each for each in self.answers() if each.short_name.startswith(POINT)]  # type: ignore[misc]

    @property
    def is_empty(self) -> bool:
        return all((answer.data or "not_asked") == "not_asked" for answer in self.points())


def measure_form(stage: str, on: date) -> MeasureForm:
    """The form with the measures that are in force in this home."""
    questions = {
        f"{POINT}{entry.code}": CodeRadios(entry.label, "outcome_scale")
        for entry in code_list("outcome_measure").entries
        if not entry.retired
    }
    form = type("MeasuresInForce", (MeasureForm,), questions)
    return form(data={"stage": stage, "measured_on": on})  # type: ignore[no-any-return]


class ClosureForm(Form):
    """Why the case closes, and how things stand."""

    reason = CodeRadios("Why does the case close?", "closure_reason", required="Choose why")
    risk_level = CodeRadios(
        "Level of risk at closure", "risk_level", required="Choose the level of risk"
    )
    harm_reduced = YesNo("Has the harm stopped or become less?")
    note = TextArea("What should be known if they come back?", limit=5000)
    on = DateParts("Date", required="Enter the date", not_future=True)

    def head(self, asked_on: date) -> ClosureHead:
        return ClosureHead(
            asked_on=asked_on,
            reason=self.reason.data,
            on=self.on.data,
            risk_level=self.risk_level.data,
            harm_reduced=self.harm_reduced.data,
        )

    def body(self) -> ClosureBody:
        return ClosureBody(note=self.note.data)


class ClosureDecisionForm(Form):
    """The manager's answer to somebody who asks for a case to close."""

    agreed = YesNo("Should the case close?", required="Choose yes or no")
    answer = TextArea("What do you say to the advocate?", limit=2000, rows=3)


class ReopenForm(Form):
    """Why a closed case goes on."""

    why = TextArea("Why is the case opened again?", limit=2000, required="Say why")
    on = DateParts("Date", required="Enter the date", not_future=True)


class HoldForm(Form):
    """A legal hold keeps the record beyond its time."""

    hold = Confirm("Keep this record until the hold is taken off")
    why = TextArea(
        "Why must it be kept?", hint="For example, a court case or an inquiry", limit=1000, rows=3
    )
