"""What is asked about a release: which month, and whether it may leave."""

from datetime import date

from caseapp.catalogues.queries import method_of
from caseapp.clock import today
from caseapp.database import db
from caseapp.disclosure.rules import METHODS
from caseapp.exports.inputs import has_edition
from caseapp.indicators.periods import APRIL, year_of
from caseapp.release_files.words import month_words
from caseapp.web.forms import ChoiceRadios, ChoiceSelect, Form, Problem, TextArea
from caseapp.web.hidden_fields import HiddenText

YES, NO = "yes", "no"


class ReleaseForm(Form):
    month = ChoiceSelect(
        "Month",
        lambda: [(month, month_words(month)) for month in months_with_edition(today())],
        hint="A month can be released when it is over",
        required="Choose a month",
    )


class DecisionForm(Form):
    """`head`: of the ledger entry that was shown."""

    head = HiddenText()
    agreed = ChoiceRadios(
        "May this release leave?",
        [(YES, "Yes, I sign it"), (NO, "No, it must not leave")],
        required="Choose whether this release may leave",
    )
    reason = TextArea(
        "Why must it not leave?",
        hint="Only if you say no. The analyst reads this. Name nobody",
        limit=500,
        rows=3,
    )

    def problem_together(self) -> Problem | None:
        if self.agreed.data == NO and not self.reason.data.strip():
            return "reason", "Enter why it must not leave"
        return None

    @property
    def refusal(self) -> str:
        """The reason, "" where it was agreed to."""
        return self.reason.data.strip() if self.agreed.data == NO else ""


def months_with_edition(day: date) -> list[str]:
    """Those that the method of their year has an edition for."""
    months = months_over(day)
    years = {year_of(month) for month in months}
    methods = {year: METHODS[method_of(db.session(), year)] for year in years}
    return [month for month in months if has_edition(methods[year_of(month)], month)]


def months_over(day: date) -> list[str]:
    """The months of this financial year and the last that are over, newest first."""
    first = date(day.year - (2 if day.month < APRIL else 1), APRIL, 1)
    months = []
    while (first.year, first.month) < (day.year, day.month):
        months.append(first.strftime("%Y-%m"))
        first = first.replace(month=first.month % 12 + 1, year=first.year + first.month // 12)
    return months[::-1]
