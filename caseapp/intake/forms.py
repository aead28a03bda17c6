"""The form of a new case."""

from caseapp.people.forms import PersonForm
from caseapp.web.forms import (
    CodeCheckboxes,
    CodeRadios,
    CodeSelect,
    Confirm,
    DateParts,
    TextArea,
    TextLine,
)


class NewCaseForm(PersonForm):
    """The person, how they came to us, and the first judgement of risk, on one page."""

    themes = CodeCheckboxes("Themes", "theme", required="Choose at least one theme")
    opened_on = DateParts("Date the case opens", required="Enter a date", not_future=True)
    referral_source = CodeSelect(
        "Who referred them?", "referral_source", required="Choose who referred them, or not known"
    )
    referred_by = TextLine("Name and agency of the referrer", limit=200)
    consent_basis = CodeRadios("On what basis do we work with them?", "consent_basis")
    summary = TextArea("What has happened, in short?", limit=5000, rows=6)
    risk_level = CodeRadios("Level of risk", "risk_level", required="Choose a level of risk")
    risk_reasons = TextArea("Why this level?", limit=2000, rows=3)
    slcn = CodeCheckboxes("Speech, language and communication needs", "slcn")
    slcn_status = CodeRadios("How sure are we of these needs?", "slcn_status")
    same_person = Confirm("This is somebody else: open the case all the same")
