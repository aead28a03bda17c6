"""The ideas of a plan: what easy read prints one a row, each with its picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from caseapp.documents.easy_read import LONGEST, ideas_of, words_in
from caseapp.documents.pictures import suggest
from caseapp.plans.models import VersionBody
from caseapp.plans.rules import CHILD_BOXES, CHILDRENS_PLAN
from caseapp.plans.shown import ShownPart, child_parts_of, parts_of
from caseapp.reference import label_of


@dataclass(frozen=True, kw_only=True)
class PlanIdea:
    """One row. `lines`: what it says, each with the words that we print before it."""

    sentence: str  # which its picture is stored with
    lines: tuple[tuple[str, str], ...]
    heading: str  # of its section
    box: str  # id of the box of the plan's form in which it was written
    otherwise: str  # the section's picture

    @property
    def name(self) -> str:
        """The same for the same sentence, wherever it moves to."""
        return f"picture_{sha256(self.sentence.encode()).hexdigest()[:16]}"

    @property
    def words(self) -> int:
        """Of its longest sentence."""
        return max((words_in(one) for _, text in self.lines for one in ideas_of(text)), default=0)

    @property
    def is_too_long(self) -> bool:
        return self.words > LONGEST

    @property
    def suggested(self) -> str:
        """The code of the picture where nobody chooses one."""
        return suggest(self.sentence) or self.otherwise


def ideas_in(kind: str, body: VersionBody) -> list[PlanIdea]:
    """Every idea once, in the order of the plan, then those of the children's own plan. The same
    sentence in two sections has one picture."""
    found: dict[str, PlanIdea] = {}
    for part in parts_of(kind, body):
        _add(found, _ideas_of_part(part))
    for part in child_parts_of(body):
        _add(found, _ideas_of_part(part, CHILD_BOXES, f"{CHILDRENS_PLAN}: "))
    return list(found.values())


def count_too_long(kind: str, body: VersionBody) -> int:
    """How many rows have a sentence that is too long."""
    return sum(idea.is_too_long for idea in ideas_in(kind, body))


def _add(found: dict[str, PlanIdea], ideas: Iterator[PlanIdea]) -> None:
    for idea in ideas:
        found.setdefault(idea.sentence, idea)


def _ideas_of_part(part: ShownPart, prefix: str = "", before: str = "") -> Iterator[PlanIdea]:
    for sentence, lines, box in _rows_of(part, prefix):
        yield PlanIdea(
            sentence=sentence,
            lines=tuple(line for line in lines if line[1]),
            heading=before + part.section.heading,
            box=box,
            otherwise=part.section.picture,
        )


def _rows_of(part: ShownPart, prefix: str) -> Iterator[tuple[str, Sequence[tuple[str, str]], str]]:
    """(sentence, lines, box) of each row of a section, as the paper orders them."""
    for who, text in (("own", part.words.own), ("worker", part.words.worker)):
        for sentence in ideas_of(text):
            yield sentence, [("", sentence)], f"{prefix}{who}_{part.words.code}"
    for n, step in enumerate(part.steps):
        lines = [("If this happens:", step.when), ("I will do this:", step.then)]
        yield step.then or step.when, lines, f"steps-{n}-when"
    for n, place in enumerate(part.places):
        label = label_of("plan_place", place.kind)
        yield place.words, [(f"{label}:", place.words)], f"places-{n}-words"
    for n, person in enumerate(part.people):
        yield person.who, [("", person.who), ("", person.reach)], f"people-{n}-who"
