"""The forms of figures: one figure, the people of the borough, a file."""

import re
from typing import Any

from caseapp.clock import now, today
from caseapp.figures.catalogue import EVERYBODY, MOST, FigureSpec, census
from caseapp.figures.csv_file import LARGEST
from caseapp.figures.models import EnteredFigure, FigureHead, PopulationHead, PopulationTable
from caseapp.figures.typed_figures import (
    EARLIEST,
    LONGEST_SOURCE,
    NoFigure,
    check_source,
    read_value,
)
from caseapp.figures.years import year_of, years_until
from caseapp.web.forms import (
    ChoiceSelect,
    DateParts,
    FileChoice,
    Form,
    Problem,
    TextLine,
    WholeNumber,
    refuse,
)
from caseapp.web.hidden_fields import HiddenText

SOURCE_HINT = "Who counted it and where it stands, like “Metropolitan Police dashboard, May 2026”"
FOUR_DIGITS = re.compile(r"(19|20)[0-9]{2}")
GROUP = "group_"  # before the code of a group


class YearForm(Form):
    """Which financial year is looked at; it may stand in the address."""

    class Meta(Form.Meta):
        csrf = False  # it changes nothing

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:  # noqa: ARG002
            return formdata or None

    year = ChoiceSelect("Financial year", lambda: [(y, y) for y in years_until(today())])

    def chosen(self) -> str:
        """This year's where none was chosen, or one that there is not; the question shows it."""
        known: str = self.year.data if self.year.data and self.validate() else year_of(today())
        self.year.data = known
        return known


def is_right_value(form: Any, answer: Any) -> None:
    try:
        read_value(form.spec, answer.data)
    except NoFigure as fault:
        refuse(f"Value {fault}")


def is_right_source(_form: Any, answer: Any) -> None:
    try:
        check_source(answer.data)
    except NoFigure as fault:
        refuse(f"Source {fault}")


class FigureForm(Form):
    """One figure of one year; `spec` says what it can be."""

    value = TextLine("Value", width="10", required="Enter the value", validators=[is_right_value])
    source = TextLine(
        "Source",
        limit=LONGEST_SOURCE,
        width="two-thirds",
        hint=SOURCE_HINT,
        required="Enter the source",
        validators=[is_right_source],
    )
    dated_on = DateParts(
        "Date of the source",
        not_future=True,
        earliest=EARLIEST,
        required="Enter the date of the source",
    )
    note = TextLine("Note", limit=500, width="two-thirds", hint="For example, why it was corrected")

    def __init__(self, spec: FigureSpec, versions: list[EnteredFigure], **how: Any) -> None:
        """Filled in with the newest of the versions that there are."""
        self.spec = spec
        super().__init__(data=_stored(spec, versions), revision=len(versions), **how)
        self.value.description = spec.hint or spec.unit.capitalize()

    def head(self) -> FigureHead:
        return FigureHead(
            value=read_value(self.spec, self.value.data),
            source=self.source.data,
            dated_on=self.dated_on.data,
            note=self.note.data,
            entered_at=now(),
        )


def _stored(spec: FigureSpec, versions: list[EnteredFigure]) -> dict[str, Any]:
    if not versions or versions[-1].head.value is None:
        return {}
    head = versions[-1].head
    number = spec.words(head.value or 0.0).replace(",", "").removesuffix("%")
    return {"value": number, "source": head.source, "dated_on": head.dated_on}


def is_year(_form: Any, answer: Any) -> None:
    if not FOUR_DIGITS.fullmatch(answer.data):
        refuse("Year of the count must be a year, like 2021")
    if int(answer.data) > today().year:
        refuse("Year of the count must not be in the future")


class PopulationForm(Form):
    """How many people live in the borough; `population_form` adds a question for each group."""

    source = TextLine(
        "Source",
        limit=LONGEST_SOURCE,
        width="two-thirds",
        hint="Who counted or estimated them, and where it stands",
        required="Enter the source",
        validators=[is_right_source],
    )
    counted_in = TextLine(
        "Year of the count", width="4", required="Enter the year of the count", validators=[is_year]
    )
    dated_on = DateParts(
        "Date of the source",
        not_future=True,
        earliest=EARLIEST,
        required="Enter the date of the source",
    )
    note = TextLine("Note", limit=500, width="two-thirds")

    def people(self) -> list[Any]:
        """The questions for the groups."""
        return [self[f"{GROUP}{group.code}"] for group in census().groups]

    def problem_together(self) -> Problem | None:
        everybody = self[f"{GROUP}{EVERYBODY}"].data
        for answer in self.people():
            if answer.data > everybody:
                return answer.name, f"{answer.words} cannot be more than everybody"
        return None

    def head(self) -> PopulationHead:
        return PopulationHead(
            groups={group.code: self[f"{GROUP}{group.code}"].data for group in census().groups},
            counted_in=self.counted_in.data,
            source=self.source.data,
            dated_on=self.dated_on.data,
            note=self.note.data,
            entered_at=now(),
        )


def population_form(own: list[PopulationTable], **how: Any) -> PopulationForm:
    """Filled in with the newest table of the year; blank where it has none of its own, so that no
    number of an older source is saved under a new one."""
    questions = {
        f"{GROUP}{group.code}": WholeNumber(
            group.label, least=1, most=MOST, width="10", required=_how_many(group.label)
        )
        for group in census().groups
    }
    form = type("PopulationOfThisYear", (PopulationForm,), questions)
    filled: PopulationForm = form(data=_kept(own), revision=len(own), **how)
    return filled


def _how_many(label: str) -> str:
    return f"Enter how many people: {label}"


def _kept(own: list[PopulationTable]) -> dict[str, Any]:
    if not own:
        return {}
    head = own[-1].head
    people = {f"{GROUP}{code}": number for code, number in head.groups.items()}
    return {
        **people,
        "source": head.source,
        "counted_in": head.counted_in,
        "dated_on": head.dated_on,
    }


class FileForm(Form):
    """A CSV of figures."""

    file = FileChoice(
        "CSV file",
        accept=".csv",
        hint=f"Up to {LARGEST // 1000} KB, saved as “CSV UTF-8”",
        required="Choose a CSV file",
    )


class SaveFileForm(Form):
    """What the preview showed, and what was stored when it did."""

    content = HiddenText()
    standing = HiddenText()
