"""The forms of a catalogue: a table's breadth, a table of one's own, the method of a year."""

from typing import Any

from caseapp.catalogues.rules import (
    MOST_DIMENSIONS,
    can_be_broad,
    dimension_choices,
)
from caseapp.disclosure.rules import METHODS
from caseapp.indicators.catalogue import TableSpec
from caseapp.indicators.dimensions import cuts
from caseapp.web.forms import ChoiceCheckboxes, ChoiceRadios, Form, Problem

FINE, BROAD = "fine", "broad"
HOW_FINE = [(FINE, "Every category, and the groups"), (BROAD, "The groups alone")]
METHOD_WORDS = {
    "rounding_5": "Rounded to a multiple of 5, every month",
    "rounding_3": "Rounded to a multiple of 3, every month",
    "annual_suppression": "Exact figures once a year, small ones left out",
}


class BreadthForm(Form):
    """How finely one table is cut; `breadth_form` adds a question for each dimension."""

    def broad(self) -> list[str]:
        return [field.name for field in self.cuts() if field.data == BROAD]

    def cuts(self) -> list[Any]:
        """The questions."""
        return [field for field in self if field.name in cuts()]


def breadth_form(spec: TableSpec) -> BreadthForm:
    """Filled in with how the table is cut now."""
    questions = {
        name: ChoiceRadios(cuts()[name].title, HOW_FINE, required="Choose how finely it is cut")
        for name in can_be_broad(spec.dimensions)
    }
    form = type("BreadthOfThisTable", (BreadthForm,), questions)
    now = {name: BROAD if name in spec.grouped else FINE for name in questions}
    filled: BreadthForm = form(data=now)
    return filled


class NewTableForm(Form):
    """A table of one's own; `new_table_form` knows the ways to cut its population."""

    dimensions: Any
    broad: Any

    def problem_together(self) -> Problem | None:
        if len(self.dimensions.data) > MOST_DIMENSIONS:
            return "dimensions", f"Choose at most {MOST_DIMENSIONS} ways to cut the table"
        return None


def new_table_form(population: str) -> NewTableForm:
    choices = list(dimension_choices(population))
    groups = can_be_broad([code for code, _ in choices])
    questions: dict[str, Any] = {
        "dimensions": ChoiceCheckboxes(
            f"Cut by, at most {MOST_DIMENSIONS}",
            choices,
            required="Choose by what the table is cut",
        )
    }
    if groups:
        questions["broad"] = ChoiceCheckboxes(
            "Show the groups alone of",
            [(code, words) for code, words in choices if code in groups],
            hint="Only what is chosen above counts. Groups are safer and closer to the truth",
        )
    form = type("NewTableOfThisPopulation", (NewTableForm,), questions)
    made: NewTableForm = form()
    return made


class MethodForm(Form):
    """By which method a year is made safe."""

    method = ChoiceRadios(
        "How figures are made safe",
        [(name, METHOD_WORDS[name]) for name in METHODS],
        required="Choose a method",
    )
