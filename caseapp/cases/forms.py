"""The forms of who works a case, and of what it is about."""

from collections.abc import Iterable
from uuid import UUID

from caseapp.web.forms import ChoiceSelect, CodeCheckboxes, Form


class AllocationForm(Form):
    advocate = ChoiceSelect("Advocate", choices=[], required="Choose an advocate")

    def offer(self, advocates: Iterable[tuple[UUID, str]]) -> None:
        self.advocate.choices = [(str(user_id), name) for user_id, name in advocates]

    def like(self, stored: dict[str, str]) -> "AllocationForm":
        """The same question with the answer that is stored now."""
        other = AllocationForm(formdata=None, data=stored)
        other.advocate.choices = self.advocate.choices
        return other


class ThemesForm(Form):
    themes = CodeCheckboxes("Themes", "theme", required="Choose at least one theme")
