"""A version of a plan as the pages show it: its sections in order, each with its words and rows."""

from dataclasses import dataclass

from caseapp.plans.models import Place, SafePerson, SectionWords, Step, VersionBody
from caseapp.plans.rules import CHILD, Section, holder_of, sections_of


@dataclass(frozen=True)
class ShownPart:
    """One section; `words` are empty where nothing is written."""

    section: Section
    words: SectionWords
    steps: tuple[Step, ...] = ()
    places: tuple[Place, ...] = ()
    people: tuple[SafePerson, ...] = ()

    @property
    def is_empty(self) -> bool:
        words = self.words.own or self.words.worker
        return not (words or self.steps or self.places or self.people)


def parts_of(kind: str, body: VersionBody) -> list[ShownPart]:
    """Every section that is asked for today, and those that have something in them from before."""
    sections = sections_of(kind, body.sections)
    written = {words.code: words for words in body.sections}
    holders = {rows: holder_of(rows, sections) for rows in ("steps", "places", "people")}
    return [
        ShownPart(
            section,
            written.get(section.code, SectionWords(code=section.code)),
            steps=body.steps if holders["steps"] == section.code else (),
            places=body.places if holders["places"] == section.code else (),
            people=body.people if holders["people"] == section.code else (),
        )
        for section in sections
    ]


def child_parts_of(body: VersionBody) -> list[ShownPart]:
    """The children's own plan; nothing where there is none."""
    written = {words.code: words for words in body.child}
    sections = sections_of(CHILD, body.child) if written else ()
    return [
        ShownPart(section, written.get(section.code, SectionWords(code=section.code)))
        for section in sections
    ]
