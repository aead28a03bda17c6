"""Forms of the lists: search, and the name of a kept filter."""

from caseapp.web.forms import Form, TextLine


class SearchForm(Form):
    """Sent by POST, so that a name is in no address, history or log."""

    text = TextLine("Name or reference", limit=80, required="Enter a part of a name")


class KeptFilterForm(Form):
    name = TextLine(
        "Name of this filter",
        limit=40,
        required="Enter a name for this filter",
        hint="For example, high risk without a plan",
    )
