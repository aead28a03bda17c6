"""The forms of a merge: part by part, which record is right; and the case of the other record."""

from collections.abc import Iterable, Sequence

from caseapp.duplicates.comparing import FIRST, SECOND, Part
from caseapp.households.forms import OtherCaseForm
from caseapp.web.forms import ChoiceRadios, Confirm, Form
from caseapp.web.hidden_fields import HiddenNumber

NOTHING = "Nothing recorded"
PREFIX = "keep_"


class MergeForm(Form):
    """What every merge asks. `other_revision` is that of the record that goes."""

    parts: Sequence[Part] = ()

    other_revision = HiddenNumber()
    sure = Confirm(
        "I have checked that this is one person",
        required="Tick the box when you have checked that this is one person",
    )

    def chosen(self) -> dict[str, str]:
        """The side of each part, by its name."""
        answers = {part.name: self[f"{PREFIX}{part.name}"].data for part in differing(self.parts)}
        return {part.name: answers.get(part.name, FIRST) for part in self.parts}

    def questions(self, *, decided: bool) -> list[object]:
        """The parts where only one record says anything, or those that somebody has to decide."""
        wanted = [p for p in differing(self.parts) if (p.proposed is not None) == decided]
        return [self[f"{PREFIX}{part.name}"] for part in wanted]


class MergeOfOpenCasesForm(MergeForm):
    """Where both have an open case, in two services."""

    both_go_on = Confirm(
        "Both have an open case. Both cases go on, for one person",
        required="Tick the box when both open cases shall go on, or close one of them first",
    )


class SamePersonForm(OtherCaseForm):
    """A manager knows that the person of another case is this one."""


def merge_form(parts: Sequence[Part], *, both_open: bool) -> type[MergeForm]:
    """A form that asks about the parts that differ."""
    base = MergeOfOpenCasesForm if both_open else MergeForm
    questions: dict[str, object] = {"parts": tuple(parts)}
    for part in differing(parts):
        questions[f"{PREFIX}{part.name}"] = ChoiceRadios(
            part.label,
            [(FIRST, part.first or NOTHING), (SECOND, part.second or NOTHING)],
            required=f"Choose what is right: {part.label}",
        )
    return type("MergeFormOfParts", (base,), questions)


def proposals(parts: Sequence[Part]) -> dict[str, object]:
    """What is chosen when the page opens: only where one record says nothing."""
    return {f"{PREFIX}{part.name}": part.proposed for part in differing(parts)}


def differing(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if not part.is_same]


class UndoForm(Form):
    """Whether a merge was wrong."""

    sure = Confirm(
        "These are two people: take the records apart again",
        required="Tick the box to take the two records apart",
    )
