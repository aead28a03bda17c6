"""What a safety plan holds besides words in sections: told on top of the plan of the story."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

from msgspec.structs import replace

from caseapp.demo import plan_row_words
from caseapp.demo.lives import CaseTold, FlagTold, PlanTold, PlanVersionTold, SectionTold
from caseapp.demo.telling import tell
from caseapp.demo.work_told import CallTold
from caseapp.languages import language_for
from caseapp.people.models import FlagHead
from caseapp.people.rules import age_on, reading_format
from caseapp.plans.models import Place, SafePerson, Step
from caseapp.reference import choices

# Ours, all of them.
HAS_ROW, A_PARENT_AGREED = 0.75, 0.6
CHILDREN_HAVE_ONE = 0.6  # of plans in households with children
PICTURES_WERE_CHOSEN = 0.5
CALLED_AT = time(8, tzinfo=UTC)  # before anybody writes a version on that day
ENDS_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def with_details(rng: Random, told: CaseTold, *, rich: bool) -> PlanTold | None:
    """The plan of the case, each version with a row more than the one before."""
    if told.plan is None:
        return None
    steps, places, people = (
        tuple(row for row in rows if rich or rng.random() < HAS_ROW)
        for rows in (_steps(rng, told.plan.kind), _places(rng), _people(rng))
    )
    child = _child(rng, told, rich=rich)
    versions = [
        replace(
            _as_they_say_it(rng, told, version),
            steps=steps[: 2 + number],
            places=places[: 2 + number],
            people=people[: 2 + number],
            child=child if number or rich else {},
        )
        for number, version in enumerate(told.plan.versions)
    ]
    if rich or rng.random() < PICTURES_WERE_CHOSEN:
        versions[-1] = replace(versions[-1], pictures=_pictures(versions[-1]))
    plan = replace(told.plan, versions=tuple(versions))
    return replace(plan, calls=tuple(_calls(told, plan)))


def _steps(rng: Random, kind: str) -> list[Step]:
    rows = plan_row_words.STEPS[kind]
    return [
        Step(when=tell(rng, (when,)), then=tell(rng, (then,)))
        for when, then in rng.sample(rows, len(rows))
    ]


def _places(rng: Random) -> list[Place]:
    """One of each kind, then a second safe one."""
    kinds = [code for code, _ in choices("plan_place")]
    return [Place(kind=kind, words=tell(rng, plan_row_words.PLACES[kind])) for kind in kinds]


def _people(rng: Random) -> list[SafePerson]:
    rows = plan_row_words.PEOPLE
    return [
        SafePerson(who=who, reach=tell(rng, (reach,)), may_know=may_know)
        for who, reach, may_know in rng.sample(rows, len(rows))
    ]


def _child(rng: Random, told: CaseTold, *, rich: bool) -> dict[str, SectionTold]:
    """For the household of somebody who fears for their children too."""
    if not told.household or not (rich or rng.random() < CHILDREN_HAVE_ONE):
        return {}
    return {
        code: SectionTold(own=tell(rng, plan_row_words.CHILD_LINES[code]), worker="")
        for code, _ in choices("plan_section_child")
    }


def _as_they_say_it(rng: Random, told: CaseTold, version: PlanVersionTold) -> PlanVersionTold:
    """In their language and format, with who agreed to it."""
    day, spoken = version.written_at.date(), told.person.first_language
    words = plan_row_words.IN_OWN_LANGUAGE.get(spoken, "")
    sections = dict(version.sections)
    if words and "who_may_know" in sections:
        sections["who_may_know"] = replace(sections["who_may_know"], own=words)
    return replace(
        version,
        sections=sections,
        language=language_for(spoken) if told.person.interpreter_needed else "en",
        reading_format=_format_for(told.flags, day),
        agreed_by=_who_agreed(rng, told, day) if version.is_agreed else (),
        agreed_on=day if version.is_agreed else None,
    )


def _who_agreed(rng: Random, told: CaseTold, day: date) -> tuple[str, ...]:
    with_parent = age_on(told.person.date_of_birth, day) < 16 and rng.random() < A_PARENT_AGREED
    return ("person", "parent_or_carer") if with_parent else ("person",)


def _format_for(flags: Iterable[FlagTold], day: date) -> str:
    """As the form proposes it on that day."""
    known = (flag for flag in flags if flag.raised_on <= day)
    return reading_format(
        FlagHead(
            list_name=flag.list_name, code=flag.code, status=flag.status,
            raised_on=flag.raised_on, limits=flag.limits,
            ended_on=flag.ended_on if flag.ended_on and flag.ended_on <= day else None,
        )
        for flag in known
    )  # fmt: skip


def _pictures(version: PlanVersionTold) -> dict[str, str]:
    """For the sentences in which a word names one."""
    texts = (section.own for section in version.sections.values())
    sentences = (sentence for text in texts for sentence in ENDS_SENTENCE.split(text))
    return {
        sentence: picture
        for sentence in sentences
        for word, picture in plan_row_words.CHOSEN.items()
        if word in sentence
    }


def _calls(told: CaseTold, plan: PlanTold) -> Iterator[CallTold]:
    """What happened after the first version; not again for the same reason before the next one."""
    written = [version.written_at for version in plan.versions]
    answered_until: dict[str, datetime] = {}
    for on, reason in sorted(_turns(told)):
        at = datetime.combine(on, CALLED_AT)
        if at <= written[0] or at <= answered_until.get(reason, written[0]):
            continue
        yield CallTold(reason=reason, called_at=at)
        later = (moment for moment in written if moment >= at)
        answered_until[reason] = next(later, datetime.max.replace(tzinfo=UTC))


def _turns(told: CaseTold) -> Iterator[tuple[date, str]]:
    """(day, code of plan_review_reason) while the case was open."""
    changes: Any = zip(told.risk, told.risk[1:], strict=False)
    yield from ((after.on, "risk_change") for before, after in changes
                if after.level != before.level)  # fmt: skip
    yield from ((incident.on, "new_incident") for incident in told.incidents)
    for marac in told.marac:
        yield from ((on, "marac") for on in (marac.on, marac.heard_on) if on)
