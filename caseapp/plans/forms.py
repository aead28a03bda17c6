"""The form of a plan: one page with all its sections."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from caseapp.clock import now, today
from caseapp.plans.agreement import Agreement
from caseapp.plans.models import VersionBody, VersionHead
from caseapp.plans.row_fields import Rows
from caseapp.plans.row_kinds import PeopleRows, PlaceRows, StepRows
from caseapp.plans.rules import CHILD_BOXES, Section, has_content, holder_of, kept_pictures
from caseapp.plans.section_fields import (
    AskedPart,
    Marks,
    Words,
    boxes_for,
    section_words,
    stored_in,
)
from caseapp.web.answers import Answer
from caseapp.web.forms import Problem
from caseapp.web.hidden_fields import HiddenNumber

NOTHING_WRITTEN = "Write something in at least one section"
MORE = "more"  # the name of the buttons that add rows
PERSON = "person"  # a code of plan_agreed_by
ENGLISH = "en"
FROM_RECORD = "From the record: check it with them"
NAMES_SOMEBODY = "Do not name anybody who did harm: write “the person who hurts me”"
OR_SOMEBODY_ELSE = f"{NAMES_SOMEBODY}. If it is somebody else, tick the box below"


class PlanForm(Agreement):
    """What every plan asks besides the words of its sections."""

    sections: tuple[Section, ...] = ()
    child_sections: tuple[Section, ...] = ()
    wanted_more = False
    to_confirm: Mapping[str, str] = {}  # name of a box -> the mark of what it may name

    steps = StepRows("If … I will …")
    places = PlaceRows("Places and ways")
    people = PeopleRows("Safe people")
    somebody_else = Marks()
    calls = HiddenNumber()  # for a review, of which the page told

    def parts(self) -> list[AskedPart]:
        held = [(rows, holder_of(rows.name, self.sections)) for rows in self._rows()]
        return [
            self._part("", section, [rows for rows, holder in held if holder == section.code])
            for section in self.sections
        ]

    def child_parts(self) -> list[AskedPart]:
        return [self._part(CHILD_BOXES, section, []) for section in self.child_sections]

    def answers(self) -> list[Answer]:
        """In the order of the page."""
        first = [box for part in self._all_parts() for box in (part.own, part.worker, *part.rows)]
        return first + [answer for answer in super().answers() if answer not in first]

    def problems(self) -> list[tuple[str, str | None]]:
        """Each wrong box of the rows has a line of its own."""
        beside: dict[str | None, list[tuple[str, str | None]]] = {
            f"#{rows.error_id}": [(message, f"#{place}") for place, message in rows.problems()]
            for rows in self._rows()
            if rows.problems()
        }
        found = super().problems()
        return [line for each in found for line in beside.get(each[1], [each])]

    def wants_more_rows(self) -> bool:
        """Whether the button was pressed that adds empty rows: then nothing is saved."""
        asked = self.sent.get(MORE) if self.was_sent and self.sent else None
        for rows in self._rows():
            if rows.name == asked:
                rows.add_empty()
        self.wanted_more = asked is not None
        return self.wanted_more

    def mark_proposed(self) -> None:
        """Say beside each answer on a new plan that it comes from the record, while it is
        unchanged."""
        for answer in self.answers():
            if isinstance(answer, Words | Rows) and answer.data and not answer.errors:
                is_unchanged = answer.data == answer.object_data
                answer.description = FROM_RECORD if is_unchanged else ""

    def texts(self) -> list[tuple[Answer, str]]:
        """Every box with words in it, and the words."""
        boxes: list[Answer] = [b for part in self._all_parts() for b in (part.own, part.worker)]
        boxes += [box for rows in self._rows() for box in rows.typed()]
        return [(box, box.data) for box in boxes if box.data]

    def refuse_names(self, marks: Mapping[int, str]) -> bool:
        """Whether a text names somebody; each that does gets its message. `marks`: as naming_marks
        gives them for the texts. What the worker said to be somebody else passes."""
        texts, said = self.texts(), set(self.somebody_else.data)
        named = {place: mark for place, mark in marks.items() if not mark or mark not in said}
        for place, mark in named.items():
            self._refuse_box(texts[place][0], OR_SOMEBODY_ELSE if mark else NAMES_SOMEBODY)
        self.to_confirm = {texts[place][0].name: mark for place, mark in marks.items() if mark}
        return bool(named)

    def head(self) -> VersionHead:
        return VersionHead(
            written_at=now(),
            review_on=self.review_on.data,
            is_agreed=PERSON in self.agreed_by.data,
            copy_is_safe=self.copy_is_safe.data,
            reading_format=self.reading_format.data or "",
            agreed_by=tuple(self.agreed_by.data),
            agreed_on=self.agreed_on.data if self.agreed_by.data else None,
            language=self.language.data or ENGLISH,
        )

    def body(self, pictures: Mapping[str, str] | None = None) -> VersionBody:
        """`pictures`: those that were chosen for the version before."""
        return VersionBody(
            sections=section_words(self.parts()),
            child=section_words(self.child_parts()),
            steps=self.steps.data,
            places=self.places.data,
            people=self.people.data,
            pictures=kept_pictures(pictures or {}, [text for _, text in self.texts()]),
            somebody_else=tuple(sorted(set(self.to_confirm.values()))),
        )

    def problem_together(self) -> Problem | None:
        if not has_content(self.body()):
            return None, NOTHING_WRITTEN
        return super().problem_together()

    def _part(self, prefix: str, section: Section, rows: list[Rows]) -> AskedPart:
        boxes: Any = self
        own, worker = (boxes[f"{prefix}{who}_{section.code}"] for who in ("own", "worker"))
        return AskedPart(section, own, worker, rows)

    def _all_parts(self) -> list[AskedPart]:
        return [*self.parts(), *self.child_parts()]

    def _rows(self) -> tuple[Rows, ...]:
        return self.steps, self.places, self.people

    def _refuse_box(self, box: Answer, message: str) -> None:
        for rows in self._rows():
            if box in rows.typed():
                return rows.refuse_box(box, message)
        return self.refuse(box.name, message)


def plan_form(
    sections: Sequence[Section], child_sections: Sequence[Section] = ()
) -> type[PlanForm]:
    """A form that asks for the words of these sections."""
    questions = {"sections": tuple(sections), "child_sections": tuple(child_sections)}
    boxes = {**boxes_for("", sections), **boxes_for(CHILD_BOXES, child_sections)}
    return type("PlanFormOfSections", (PlanForm,), {**questions, **boxes})


def words_of(body: VersionBody) -> dict[str, object]:
    """The words alone, to go on from: the questions about the plan are asked anew each time."""
    rows = {"steps": body.steps, "places": body.places, "people": body.people}
    return {**stored_in("", body.sections), **stored_in(CHILD_BOXES, body.child), **rows}


def first_answers(review_on: date, reading_format: str, language: str) -> dict[str, object]:
    """What is proposed besides the words; that they agree today counts once somebody agreed."""
    proposed = {"review_on": review_on, "reading_format": reading_format, "language": language}
    return {**proposed, "agreed_on": today()}
