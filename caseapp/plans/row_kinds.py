"""What is asked in a row: of a step, of a place, of a person."""

from typing import Any, ClassVar

from caseapp.plans.models import Place, SafePerson, Step
from caseapp.plans.row_fields import Rows
from caseapp.web.forms import CodeSelect, Confirm, TextLine

LINE = 300  # characters


class StepRows(Rows):
    """If this happens, I will do that."""

    shape, noun, plural = Step, "step", "steps"
    labels: ClassVar = {"when": "If …", "then": "I will …"}
    needed: ClassVar = {
        "when": "Write what happens first, or take the other half away",
        "then": "Write what they will do then, or take the other half away",
    }

    def boxes_of(self, number: int) -> dict[str, Any]:
        return {
            "when": TextLine(f"Step {number}: if …", limit=LINE),
            "then": TextLine(f"Step {number}: I will …", limit=LINE),
        }


class PlaceRows(Rows):
    """A place or a way, and whether it is safe."""

    shape, noun, plural = Place, "place", "places"
    labels: ClassVar = {"kind": "What is it?", "words": "Where?"}
    needed: ClassVar = {
        "kind": "Choose whether this is safe, or take the place away",
        "words": "Write which place or way this is, or choose nothing beside it",
    }

    def boxes_of(self, number: int) -> dict[str, Any]:
        return {
            "kind": CodeSelect(f"Place {number}: what it is", "plan_place"),
            "words": TextLine(f"Place {number}: where", limit=LINE),
        }


class PeopleRows(Rows):
    """Somebody who helps."""

    shape, noun, plural = SafePerson, "person", "people"
    labels: ClassVar = {
        "who": "Who?",
        "reach": "How to reach them",
        "may_know": "They may know of this plan",
    }
    needed: ClassVar = {"who": "Write who this is, or take the rest away"}

    def boxes_of(self, number: int) -> dict[str, Any]:
        return {
            "who": TextLine(f"Person {number}: who", limit=LINE),
            "reach": TextLine(f"Person {number}: how to reach them", limit=LINE),
            "may_know": Confirm(f"Person {number}: may know of this plan"),
        }
