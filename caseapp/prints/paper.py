"""From a stored version to paper: everything that the formats may print, as plain values."""

from collections.abc import Mapping, Sequence

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
from caseapp.plans.models import Plan, PlanVersion, SectionWords, VersionBody
from caseapp.plans.rules import Section, has_words, sections_of
from caseapp.prints.history import history_of, local_day, reasons_for_review
from caseapp.prints.rules import CHILDS_PLAN, WORKERS_COPY, PaperCopy
from caseapp.reference import UnknownCode, code_list, entry, label_of

CHILD = "child"  # the code list of its sections, without "plan_section_"
ROWS = ("steps", "places", "people")
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
        sections=_sections(plan.head.kind, body),
        child=_child_sections(body),
        helplines=_helplines(CHILD if copy.form == CHILDS_PLAN else plan.head.kind),
        prepared_on=local_day(version.head.written_at),
        review_on=version.head.review_on,
        language=copy.language,
        history=history_of(plan, version) if is_for_worker else (),
        calls=reasons_for_review(case, plan) if is_for_worker else (),
    )


def _sections(kind: str, body: VersionBody) -> tuple[PlanSection, ...]:
    sections, written = sections_of(kind, body.sections), _by_code(body.sections)
    holders = {rows: _holder(rows, sections) for rows in ROWS}
    return tuple(
        _section(
            section,
            written.get(section.code),
            body,
            rows=[rows for rows, holder in holders.items() if holder == section.code],
        )
        for section in sections
    )


def _holder(rows: str, sections: Sequence[Section]) -> str:
    """Which section these rows stand in: the last one where no section names them, so that an
    edition of the list can lose nothing that was written."""
    return next((section.code for section in sections if section.rows == rows), sections[-1].code)


def _child_sections(body: VersionBody) -> tuple[PlanSection, ...]:
    """None where nothing was written for the children."""
    if not has_words(body.child):
        return ()
    written = _by_code(body.child)
    return tuple(
        _section(section, written.get(section.code), body)
        for section in sections_of(CHILD, body.child)
    )


def _section(
    section: Section, words: SectionWords | None, body: VersionBody, rows: Sequence[str] = ()
) -> PlanSection:
    words = words or SectionWords(code=section.code)
    picture = section.picture if section.picture in PICTURES else NO_PICTURE
    return PlanSection(
        heading=section.heading,
        prompt=section.prompt,
        picture=picture,
        own_words=words.own,
        worker_words=words.worker,
        own=_ideas(words.own, body, picture),
        worker=_ideas(words.worker, body, picture),
        steps=_steps(body, picture) if "steps" in rows else (),
        places=_places(body, picture) if "places" in rows else (),
        people=_people(body, picture) if "people" in rows else (),
    )


def _ideas(text: str, body: VersionBody, otherwise: str) -> tuple[Idea, ...]:
    return tuple(
        Idea(words=words, picture=picture_of(words, body.pictures, otherwise))
        for words in ideas_of(text)
    )


def _steps(body: VersionBody, otherwise: str) -> tuple[PlanStep, ...]:
    return tuple(
        PlanStep(
            when=step.when,
            then=step.then,
            picture=picture_of(step.then or step.when, body.pictures, otherwise),
        )
        for step in body.steps
    )


def _places(body: VersionBody, otherwise: str) -> tuple[PlanPlace, ...]:
    return tuple(
        PlanPlace(
            label=label_of("plan_place", place.kind),
            is_safe=_is_safe(place.kind),
            words=place.words,
            picture=picture_of(place.words, body.pictures, otherwise),
        )
        for place in body.places
    )


def _is_safe(kind: str) -> bool:
    """Not said to be safe counts as not safe."""
    try:
        return entry("plan_place", kind).attributes.get("safe") == "yes"
    except UnknownCode:
        return False


def _people(body: VersionBody, otherwise: str) -> tuple[PlanHelper, ...]:
    return tuple(
        PlanHelper(
            who=person.who,
            reach=person.reach,
            may_know=person.may_know,
            picture=picture_of(person.who, body.pictures, otherwise),
        )
        for person in body.people
    )


def _helplines(kind: str) -> tuple[Helpline, ...]:
    return tuple(
        Helpline(label=found.label, number=found.attributes["number"])
        for found in code_list("plan_helpline").active
        if kind in found.attributes.get("kinds", "").split() and found.attributes.get("number")
    )


def _by_code(written: Sequence[SectionWords]) -> Mapping[str, SectionWords]:
    return {words.code: words for words in written}
