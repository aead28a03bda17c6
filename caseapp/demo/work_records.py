"""The work that was told of a case, as the rows that the rooms keep."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from uuid import UUID, uuid4

from caseapp.cases.models import Case
from caseapp.closure.models import (
    ClosureBody,
    ClosureHead,
    ClosureRequest,
    MeasureBody,
    MeasureHead,
    OutcomeMeasure,
)
from caseapp.contacts.models import DONE, OPEN, Task, TaskBody, TaskHead, TaskStep
from caseapp.demo.lives import CaseTold
from caseapp.demo.records import person_body, person_head
from caseapp.demo.work_told import (
    ClosureAskedTold,
    MeasureTold,
    ReceivedTold,
    SharingTold,
    TaskTold,
)
from caseapp.households.models import (
    CaseLink,
    CaseLinkHead,
    Child,
    ChildBody,
    Relationship,
    RelationshipHead,
)
from caseapp.referrals.incoming_models import (
    IncomingBody,
    IncomingHead,
    IncomingStep,
    ReceivedReferral,
)
from caseapp.sharing.models import (
    DECISION,
    SharingBody,
    SharingEntry,
    SharingHead,
    SharingStep,
    StepBody,
    StepHead,
)
from caseapp.sharing.rules import decide_by, needs_senior


class Known(NamedTuple):
    """What was written before, by what the stories call it."""

    users: Mapping[str, UUID]  # by email
    people: Mapping[int, UUID]  # by number
    cases: Mapping[str, UUID]  # by reference
    services: Mapping[str, UUID]  # by name


def child_rows(told: CaseTold, person_id: UUID) -> Iterator[Child]:
    for head in told.household:
        yield Child(person_id=person_id, head=head, body=ChildBody())


def tie_rows(told: CaseTold, case: Case, known: Known) -> Iterator[object]:
    for link in told.links:
        head = CaseLinkHead(code=link.code, linked_on=told.opened)
        other_id = known.cases[link.reference]
        yield CaseLink(case_id=case.id, other_id=other_id, head=head)
    for relative in told.relatives:
        yield Relationship(
            person_id=case.person_id,
            other_id=known.people[relative.number],
            head=RelationshipHead(code=relative.code, recorded_on=told.opened),
        )


def moving_rows(told: CaseTold, case: Case, author: UUID) -> Iterator[object]:
    """Tasks, measures, requests to close, and the referral that the case came from."""
    yield from (_task(task, case, author) for task in told.tasks)
    yield from (_measure(measure, case, author) for measure in told.measures)
    yield from (_closure(asked, told, case, author) for asked in told.closure_asked)
    if told.received:
        yield _received(told.received, told, case, author)


def sharing_rows(
    told: CaseTold, case: Case, referral_ids: Mapping[int, UUID], known: Known
) -> Iterator[tuple[SharingEntry, SharingStep | None]]:
    """Each entry and what the manager said about it."""
    for shared in told.sharing:
        entry = _sharing(shared, case, referral_ids)
        yield entry, _decision(shared, entry, known.users[told.supervisor])


def at(day: date, hour: int = 16) -> datetime:
    """When something of that day was written down."""
    return datetime.combine(day, time(hour), tzinfo=UTC)


def _task(told: TaskTold, case: Case, owner: UUID) -> Task:
    steps = [TaskStep(on=told.added_on, what="added", by=owner, due_on=told.due_on)]
    if told.done_on:
        steps.append(TaskStep(on=told.done_on, what="done", by=owner))
    return Task(
        case_id=case.id,
        owner_id=owner,
        status=DONE if told.done_on else OPEN,
        head=TaskHead(what=told.what, due_on=told.due_on, kind=told.channel),
        body=TaskBody(steps=tuple(steps)),
    )


def _measure(told: MeasureTold, case: Case, author: UUID) -> OutcomeMeasure:
    points = tuple(told.points.items())
    return OutcomeMeasure(
        case_id=case.id,
        author_id=author,
        head=MeasureHead(stage=told.stage, measured_on=told.on, points=points),
        body=MeasureBody(own_words=told.own_words),
    )


def _closure(asked: ClosureAskedTold, told: CaseTold, case: Case, author: UUID) -> ClosureRequest:
    closed = told.closed
    return ClosureRequest(
        case_id=case.id,
        author_id=author,
        status=asked.status,
        head=ClosureHead(
            asked_on=asked.asked_on,
            reason=asked.reason,
            on=asked.on,
            risk_level=case.risk_level,
            harm_reduced=closed.harm_reduced if closed else None,
        ),
        body=ClosureBody(note=closed.note if closed else "", answer=asked.answer),
    )


def _received(received: ReceivedTold, told: CaseTold, case: Case, author: UUID) -> ReceivedReferral:
    said = IncomingStep(on=received.received_on, words=received.words, by=author)
    return ReceivedReferral(
        case_id=case.id,
        author_id=author,
        head=IncomingHead(
            received_on=received.received_on,
            person=person_head(told.person),
            referred_by=told.referred_by,
            decided_on=received.decided_on,
        ),
        body=IncomingBody(
            details=person_body(told.person),
            referral_source=told.referral_source,
            themes=told.theme,
            summary=told.summary,
            consent="given" if told.consent_basis == "agreed" else "not_asked",
            consent_basis=told.consent_basis,
            steps=(said,) if received.words else (),
        ),
    )


def _sharing(told: SharingTold, case: Case, referral_ids: Mapping[int, UUID]) -> SharingEntry:
    for_senior, moment = needs_senior(told.consent), at(told.on)
    head = SharingHead(
        shared_on=told.on,
        with_whom=told.with_whom,
        consent=told.consent,
        basis=told.basis,
        recorded_at=moment,
        decide_by=decide_by(told.on, moment) if for_senior else None,
    )
    body = SharingBody(
        what=told.what,
        purpose=told.purpose,
        conditions=told.conditions,
        necessity=told.necessity,
        why_without_consent=told.why_without_consent,
        person_told=told.person_told,
        why_not_told=told.why_not_told,
    )
    return SharingEntry(
        id=uuid4(),
        case_id=case.id,
        author_id=case.advocate_id,
        corrects_id=None,
        subject_id=None if told.referral is None else referral_ids[told.referral],
        for_senior=for_senior,
        head=head,
        body=body,
    )


def _decision(told: SharingTold, entry: SharingEntry, by: UUID) -> SharingStep | None:
    if told.decided_on is None:
        return None
    return SharingStep(
        case_id=entry.case_id,
        entry_id=entry.id,
        author_id=by,
        kind=DECISION,
        head=StepHead(at=at(told.decided_on, 17), agrees=told.agrees),
        body=StepBody(words="Right as it was." if told.agrees else "Less would have been enough."),
    )
