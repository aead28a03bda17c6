"""The forms of risk."""

from caseapp.web.forms import CodeRadios, DateParts, Form, TextArea


class RiskForm(Form):
    judged_on = DateParts("Date", required="Enter the date", not_future=True)
    level = CodeRadios("Level of risk", "risk_level", required="Choose a level of risk")
    reasons = TextArea("Why?", limit=5000, required="Say why, so that the next worker understands")
