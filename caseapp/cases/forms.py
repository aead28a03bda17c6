"""Forms of the list and the case: search, and who works it."""

from collections.abc import Iterable
from uuid import UUID

from caseapp.web.forms import ChoiceSelect, Form, TextLine


class AllocationForm(Form):
    advocate = ChoiceSelect("Advocate", choices=[], required="Choose an advocate")

    def offer(self, advocates: Iterable[tuple[UUID, str]]) -> None:
        self.advocate.choices = [(str(user_id), name) for user_id, name in advocates]

    def like(self, stored: dict[str, str]) -> "AllocationForm":
        """The same question with the answer that is stored now."""
        other = AllocationForm(formdata=None, data=stored)
        other.advocate.choices = self.advocate.choices
        return other


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
