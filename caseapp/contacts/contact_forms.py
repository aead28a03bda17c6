"""The form that asks for a way to reach the person, before the number is shown."""

from caseapp.web.forms import CodeRadios, Form, TextArea


class ContactForm(Form):
    channel = CodeRadios(
        "How do you want to reach them?", "contact_channel", required="Choose how to reach them"
    )
    why_not_safe = TextArea(
        "Why do you reach them all the same?",
        hint="It is kept in the record, and your manager can see it",
        limit=1000,
        rows=3,
    )
