"""Two versions of a plan side by side: which parts changed, and what in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from caseapp.documents.pictures import PICTURES
from caseapp.plans.comparing import KEPT, Piece, compare_words
from caseapp.plans.facts import facts_of
from caseapp.plans.models import Plan, PlanVersion
from caseapp.plans.rules import CHILDRENS_PLAN
from caseapp.plans.shown import ShownPart, child_parts_of, parts_of
from caseapp.reference import label_of

OWN, STEPS, PLACES, PEOPLE, WORKER = (
    "Own words", "Steps", "Places and ways", "Safe people", "Worker"
)  # fmt: skip


@dataclass(frozen=True)
class ComparedFact:
    """A question about the plan, and what both versions answer."""

    question: str
    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True)
class ComparedText:
    """The words under one label in both versions."""

    label: str
    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        """More or fewer spaces are no change that anybody could see."""
        return self.old.split() != self.new.split()

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """A text that stayed as it was is one piece."""
        same = (Piece(KEPT, self.new),)
        return compare_words(self.old, self.new) if self.is_changed else same


@dataclass(frozen=True)
class ComparedPart:
    """One section in both versions, with what is written in either."""

    heading: str
    texts: tuple[ComparedText, ...]

    @property
    def is_changed(self) -> bool:
        return any(text.is_changed for text in self.texts)


def compare_facts(old: PlanVersion, new: PlanVersion) -> list[ComparedFact]:
    before, after = facts_of(old), facts_of(new)
    return [ComparedFact(question, before[question], after[question]) for question in before]


def compare_parts(plan: Plan, old: PlanVersion, new: PlanVersion) -> list[ComparedPart]:
    """The sections in order, then the children's own; those that one version alone has as well."""
    kind = plan.head.kind
    return [
        *_pairs(parts_of(kind, old.body), parts_of(kind, new.body), ""),
        *_pairs(child_parts_of(old.body), child_parts_of(new.body), f"{CHILDRENS_PLAN}: "),
        *_pictures(old.body.pictures, new.body.pictures),
    ]


def _pairs(old: list[ShownPart], new: list[ShownPart], before: str) -> Iterator[ComparedPart]:
    earlier, later = ({part.section: part for part in parts} for parts in (old, new))
    for section in dict.fromkeys([*later, *earlier]):
        texts = [_texts(parts.get(section)) for parts in (earlier, later)]
        yield ComparedPart(
            before + section.heading,
            tuple(
                ComparedText(label, texts[0].get(label, ""), texts[1].get(label, ""))
                for label in (OWN, STEPS, PLACES, PEOPLE, WORKER)
                if label in texts[0] or label in texts[1]
            ),
        )


def _pictures(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[ComparedPart]:
    """A line for each sentence that has one of its own; nothing where no sentence has."""
    before, after = (
        "\n".join(f"{sentence} – {_label(code)}" for sentence, code in sorted(chosen.items()))
        for chosen in (old, new)
    )
    if before or after:
        yield ComparedPart("Pictures chosen", (ComparedText("Beside which words", before, after),))


def _label(code: str) -> str:
    return PICTURES[code].label if code in PICTURES else code


def _texts(part: ShownPart | None) -> dict[str, str]:
    """Label -> words, of what is written; a line for each row."""
    if part is None:
        return {}
    found = {
        OWN: part.words.own,
        STEPS: "\n".join(f"If: {step.when}; I will: {step.then}" for step in part.steps),
        PLACES: "\n".join(
            f"{label_of('plan_place', place.kind)}: {place.words}" for place in part.places
        ),
        PEOPLE: "\n".join(
            _person(person.who, person.reach, person.may_know) for person in part.people
        ),
        WORKER: part.words.worker,
    }
    return {label: words for label, words in found.items() if words}


def _person(who: str, reach: str, may_know: bool) -> str:
    knows = "may know of this plan" if may_know else ""
    return "; ".join(filter(None, (who, reach, knows)))
