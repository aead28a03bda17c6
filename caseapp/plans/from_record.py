"""Gathers what a first plan begins with, as far as its writer may see it."""

from typing import NamedTuple

from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.blueprint import person_of
from caseapp.cases.contributions import names_of_children, naming_somebody
from caseapp.cases.door import may
from caseapp.cases.models import Case
from caseapp.cases.queries import rows_in
from caseapp.database import db
from caseapp.people.needs import current_flags, how_to_talk
from caseapp.people.queries import flags_of
from caseapp.plans.known import Known, first_body, texts_of, without
from caseapp.plans.models import Plan, VersionBody
from caseapp.plans.queries import newest_version, plan_of_kind
from caseapp.risk.models import YouthJudgement


class Earlier(NamedTuple):
    """A plan of the same person in another case, and what it says."""

    case: Case
    body: VersionBody


def proposed_body(case: Case, kind: str, actor: Actor) -> VersionBody:
    """What the record holds for a plan of this kind, without what names somebody who is said to
    have harmed the person, in this case or in the one that it comes from."""
    earlier = _earlier(case, kind, actor)
    body = first_body(kind, _known(case, earlier.body if earlier else None))
    texts = texts_of(body)
    named = naming_somebody(case, texts)
    if earlier:
        named |= naming_somebody(earlier.case, texts)
    return without(body, {texts[place] for place in named})


def _known(case: Case, earlier: VersionBody | None) -> Known:
    person = person_of(case)
    flags = current_flags(flags_of(person.id))
    return Known(
        life=_life(case),
        school=person.body.school,
        children=tuple(names_of_children(case)),
        who_may_answer=person.body.safe_contact.who_may_answer,
        helps=how_to_talk(flags),
        earlier=earlier,
    )


def _life(case: Case) -> dict[str, str]:
    """The words of the newest youth judgement, by part of life."""
    judged = rows_in(case, YouthJudgement)
    newest = max(judged, key=lambda row: (row.head.on, str(row.head.written_at)), default=None)
    return dict(newest.body.words) if newest else {}


def _earlier(case: Case, kind: str, actor: Actor) -> Earlier | None:
    """The plan of this kind that was written last in another case of the person, where the actor
    may read it; that it was read is noted with that case."""
    same_person = select(Case).where(Case.person_id == case.person_id, Case.id != case.id)
    others = [each for each in db.session.scalars(same_person) if _may_open(actor, each)]
    plans = [(plan, each) for each in others if (plan := plan_of_kind(each, kind))]
    if not plans:
        return None
    plan, other = max(plans, key=_written_at)
    note_act(Kind.PLAN_READ, other, actor, Permission.OPEN_CASE, subject_id=plan.id)
    return Earlier(other, newest_version(plan).body)


def _written_at(found: tuple[Plan, Case]) -> str:
    return found[0].head.written_at.isoformat()


def _may_open(actor: Actor, case: Case) -> bool:
    return may(actor, Permission.OPEN_CASE, case) is not None
