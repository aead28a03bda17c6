"""The forms of closing a case."""

from caseapp.web.forms import CodeRadios, DateParts, Form, TextArea, YesNo


class ClosureForm(Form):
    reason = CodeRadios("Why does the case close?", "closure_reason", required="Choose why")
    on = DateParts("Date", required="Enter the date", not_future=True)
    harm_reduced = YesNo("Has the harm stopped or become less?")
    note = TextArea("What should be known if they come back?", limit=5000)
