"""The form of a task."""

from collections.abc import Iterable
from uuid import UUID

from caseapp.contacts.models import TaskHead
from caseapp.web.forms import ChoiceSelect, CodeSelect, DateParts, Form, TextLine


class TaskForm(Form):
    """What has to be done, by when and by whom."""

    what = TextLine("What has to be done?", limit=300, required="Enter what has to be done")
    due_on = DateParts("By when?", required="Enter the day by which it has to be done")
    owner = ChoiceSelect("Who does it?", choices=[], required="Choose who does it")
    kind = CodeSelect(
        "Does it reach the person? How?",
        "contact_channel",
        hint="Then the safe hours stand beside it. Leave empty if it does not reach them",
    )

    def head(self) -> TaskHead:
        return TaskHead(what=self.what.data, due_on=self.due_on.data, kind=self.kind.data or "")

    def offer(self, colleagues: Iterable[tuple[UUID, str]]) -> None:
        self.owner.choices = [(str(user_id), name) for user_id, name in colleagues]

    def like(self, stored: dict[str, object]) -> "TaskForm":
        """The same questions with the answers that are stored now."""
        other = TaskForm(formdata=None, data=stored)
        other.owner.choices = self.owner.choices
        return other
