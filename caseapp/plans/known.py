"""What a first plan can begin with: what the record holds already, so that nobody asks it twice.

Only from sources that are the person's own life. Incidents, the MARAC, reasons of a risk and
whoever is said to have done it are not read; what names somebody all the same is dropped. The safe
wording of a call stays out too: on paper that is found, it would give itself away.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from caseapp.plans.models import SectionWords, VersionBody

# For each kind of plan: a part of the youth judgement -> the section that it belongs to.
PARTS_OF_LIFE: Mapping[str, Mapping[str, str]] = {
    "youth_violence": {
        "places": "neighbourhood",
        "peers": "peers",
        "online": "online",
        "protective_factors": "safe_people",
    },
    "domestic_abuse": {
        "places": "places",
        "online": "phone_online",
        "protective_factors": "wellbeing",
    },
}
# Where the other facts belong. A kind that has no place for one leaves it out.
FACTS: Mapping[str, Mapping[str, str]] = {
    "youth_violence": {
        "school": "school",
        "answers": "safe_people",
        "helps": "after_incident",
    },
    "domestic_abuse": {
        "school": "work_college",
        "answers": "safe_people",
        "helps": "wellbeing",
        "children": "children",
    },
}


@dataclass(frozen=True, kw_only=True)
class Known:
    """Facts of a record that a plan may begin with. `life`: words on parts of the youth judgement;
    `helps`: how they want to be spoken to; `earlier`: the newest plan of an earlier case."""

    life: Mapping[str, str] = field(default_factory=dict)
    school: str = ""
    children: tuple[str, ...] = ()
    who_may_answer: str = ""
    helps: tuple[str, ...] = ()
    earlier: VersionBody | None = None


def first_body(kind: str, known: Known) -> VersionBody:
    """What the boxes of a first plan begin with: the earlier plan, and beside it what the record
    says. Nothing that stands in the plan already is said twice."""
    earlier = known.earlier or VersionBody(sections=())
    words = {part.code: part for part in earlier.sections}
    for section, said in worker_words(kind, known).items():
        part = words.get(section, SectionWords(code=section))
        if said not in part.worker:
            words[section] = replace(part, worker=f"{part.worker}\n{said}".strip())
    return replace(earlier, sections=tuple(words.values()), somebody_else=())


def texts_of(body: VersionBody) -> list[str]:
    """Everything that somebody typed."""
    parts = [text for part in (*body.sections, *body.child) for text in (part.own, part.worker)]
    steps = [text for step in body.steps for text in (step.when, step.then)]
    people = [text for person in body.people for text in (person.who, person.reach)]
    return list(filter(None, [*parts, *steps, *people, *(place.words for place in body.places)]))


def without(body: VersionBody, named: Collection[str]) -> VersionBody:
    """The same without these texts; a row that holds one goes as a whole."""
    return VersionBody(
        sections=_without(body.sections, named),
        child=_without(body.child, named),
        steps=tuple(step for step in body.steps if not {step.when, step.then} & set(named)),
        places=tuple(place for place in body.places if place.words not in named),
        people=tuple(each for each in body.people if not {each.who, each.reach} & set(named)),
        pictures=body.pictures,
    )


def worker_words(kind: str, known: Known) -> dict[str, str]:
    """Code of a section -> what the record says to it, for the worker's box."""
    said = {
        "school": f"School, college or work: {known.school}." if known.school else "",
        "answers": _answers(known.who_may_answer),
        "helps": _list("What helps: ", known.helps),
        "children": _list("Children: ", _first_names(known.children)),
    }
    found: dict[str, list[str]] = {}
    for part, section in PARTS_OF_LIFE[kind].items():
        found.setdefault(section, []).append(known.life.get(part, ""))
    for fact, section in FACTS[kind].items():
        found.setdefault(section, []).append(said[fact])
    joined = {section: "\n".join(filter(None, lines)) for section, lines in found.items()}
    return {section: words for section, words in joined.items() if words}


def _without(parts: Iterable[SectionWords], named: Collection[str]) -> tuple[SectionWords, ...]:
    return tuple(
        SectionWords(
            code=part.code,
            own="" if part.own in named else part.own,
            worker="" if part.worker in named else part.worker,
        )
        for part in parts
    )


def _answers(who: str) -> str:
    return f"May answer the phone: {who}." if who else ""


def _first_names(names: Iterable[str]) -> list[str]:
    return [name.split()[0] for name in names if name.split()]


def _list(before: str, things: Iterable[str]) -> str:
    words = ", ".join(things)
    return f"{before}{words}." if words else ""
