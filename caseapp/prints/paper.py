"""From a stored version to paper: everything that the formats may print, as plain values."""

from caseapp.cases.models import Case
from caseapp.documents.easy_read import ideas_of
from caseapp.documents.pictures import PICTURES, picture_of
from caseapp.documents.plan_paper import (
    Helpline,
    Idea,
    PlanHelper,
    PlanPaper,
    PlanPlace,
    PlanSection,
    PlanStep,
)
from caseapp.plans.models import Place, Plan, PlanVersion, SafePerson, Step, VersionBody
from caseapp.plans.rules import CHILD, has_words
from caseapp.plans.shown import ShownPart, child_parts_of, parts_of
from caseapp.prints.history import history_of, local_day, reasons_for_review
from caseapp.prints.rules import CHILDS_PLAN, WORKERS_COPY, PaperCopy
from caseapp.reference import UnknownCode, code_list, entry, label_of

NO_PICTURE = "question"  # where an edition of a list names one that there is not
AS_IT_COMES = PaperCopy()


def paper_of(
    case: Case, plan: Plan, version: PlanVersion, copy: PaperCopy = AS_IT_COMES
) -> PlanPaper:
    """The version as it leaves in the format and language of `copy`.

    History and calls for a review, which name staff, are on the worker's copy alone.
    """
    body, is_for_worker = version.body, copy.form == WORKERS_COPY
    return PlanPaper(
        kind=plan.head.kind,
        sections=tuple(_section(part, body) for part in parts_of(plan.head.kind, body)),
        child=_child_sections(body),
        helplines=_helplines(CHILD if copy.form == CHILDS_PLAN else plan.head.kind),
        prepared_on=local_day(version.head.written_at),
        review_on=version.head.review_on,
        language=copy.language,
        history=history_of(plan, version) if is_for_worker else (),
        calls=reasons_for_review(case, plan) if is_for_worker else (),
    )


def _child_sections(body: VersionBody) -> tuple[PlanSection, ...]:
    """None where nothing was written for the children."""
    parts = child_parts_of(body) if has_words(body.child) else ()
    return tuple(_section(part, body) for part in parts)


def _section(part: ShownPart, body: VersionBody) -> PlanSection:
    section = part.section
    picture = section.picture if section.picture in PICTURES else NO_PICTURE
    return PlanSection(
        heading=section.heading,
        prompt=section.prompt,
        picture=picture,
        own_words=part.words.own,
        worker_words=part.words.worker,
        own=_ideas(part.words.own, body, picture),
        worker=_ideas(part.words.worker, body, picture),
        steps=tuple(_step(step, body, picture) for step in part.steps),
        places=tuple(_place(place, body, picture) for place in part.places),
        people=tuple(_helper(person, body, picture) for person in part.people),
    )


def _ideas(text: str, body: VersionBody, otherwise: str) -> tuple[Idea, ...]:
    return tuple(
        Idea(words=words, picture=picture_of(words, body.pictures, otherwise))
        for words in ideas_of(text)
    )


def _step(step: Step, body: VersionBody, otherwise: str) -> PlanStep:
    picture = picture_of(step.then or step.when, body.pictures, otherwise)
    return PlanStep(when=step.when, then=step.then, picture=picture)


def _place(place: Place, body: VersionBody, otherwise: str) -> PlanPlace:
    return PlanPlace(
        label=label_of("plan_place", place.kind),
        is_safe=_is_safe(place.kind),
        words=place.words,
        picture=picture_of(place.words, body.pictures, otherwise),
    )


def _is_safe(kind: str) -> bool:
    """Not said to be safe counts as not safe."""
    try:
        return entry("plan_place", kind).attributes.get("safe") == "yes"
    except UnknownCode:
        return False


def _helper(person: SafePerson, body: VersionBody, otherwise: str) -> PlanHelper:
    return PlanHelper(
        who=person.who,
        reach=person.reach,
        may_know=person.may_know,
        picture=picture_of(person.who, body.pictures, otherwise),
    )


def _helplines(kind: str) -> tuple[Helpline, ...]:
    return tuple(
        Helpline(label=found.label, number=found.attributes["number"])
        for found in code_list("plan_helpline").active
        if kind in found.attributes.get("kinds", "").split() and found.attributes.get("number")
    )
