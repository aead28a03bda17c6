"""The forms of an import: the file, and what its columns mean."""

from collections.abc import Sequence
from typing import Any

from caseapp.imports.columns import COLUMNS, missing, twice
from caseapp.web.forms import ChoiceSelect, FileChoice, Form

COLUMN = "column_"
LEFT_OUT = ("", "Leave it out")


class UploadForm(Form):
    """A CSV or a workbook."""

    file = FileChoice(
        "Spreadsheet",
        required="Choose a spreadsheet",
        hint="CSV, XLSX or ODS, up to 20 MB and 100,000 rows, with column names in its first row",
        accept=".csv,.tsv,.txt,.xlsx,.xls,.ods",
    )


class MeaningsForm(Form):
    """For each column of the sheet, what it means; `meanings_form` adds the questions."""

    def chosen(self) -> list[str]:
        return [answer.data or "" for answer in self.answers()]

    def hold_together(self) -> bool:
        """Everything that must be there is chosen, and nothing twice; says so where not."""
        for label in missing(self.chosen()):
            self.refuse(None, f"Choose the column that holds: {label}")
        for label in twice(self.chosen()):
            self.refuse(None, f"Only one column can be: {label}")
        return not self.form_errors


class BeginForm(Form):
    """Asks nothing: its revision tells which columns somebody looked at before they begin."""


def meanings_form(
    names: Sequence[str], meanings: Sequence[str], revision: int | None, **rest: Any
) -> MeaningsForm:
    """A question for each column of the sheet, with what was chosen or guessed."""
    choices = [(column.code, column.label) for column in COLUMNS]
    questions = {
        f"{COLUMN}{place}": ChoiceSelect(name or f"Column {place + 1}", choices)
        for place, name in enumerate(names)
    }
    given = {f"{COLUMN}{place}": meaning for place, meaning in enumerate(meanings)}
    form = type("MeaningsOfThisSheet", (MeaningsForm,), questions)
    return form(data=given, revision=revision, **rest)  # type: ignore[no-any-return]
