"""The one question of a release: which month."""

from datetime import date

from caseapp.clock import today
from caseapp.exports.words import month_words
from caseapp.indicators.periods import APRIL
from caseapp.web.forms import ChoiceSelect, Form


class ReleaseForm(Form):
    month = ChoiceSelect(
        "Month",
        lambda: [(month, month_words(month)) for month in months_over(today())],
        hint="A month can be released when it is over",
        required="Choose a month",
    )


def months_over(day: date) -> list[str]:
    """The months of this financial year and the last that are over, newest first."""
    first = date(day.year - (2 if day.month < APRIL else 1), APRIL, 1)
    months = []
    while (first.year, first.month) < (day.year, day.month):
        months.append(first.strftime("%Y-%m"))
        first = first.replace(month=first.month % 12 + 1, year=first.year + first.month // 12)
    return months[::-1]
