"""By when a manager looks at an opening in an emergency."""

from datetime import date

from caseapp.reference.working_days import working_day_after


def review_due(opened_on: date) -> date:
    """The next working day: one is enough to ask what it was about."""
    return working_day_after(opened_on, 1)
