"""What was told of referrals, as rows: to other agencies, to the MARAC, and those to us."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

from caseapp.cases.models import Case
from caseapp.demo import casework_words
from caseapp.demo.lives import AllegedTold, CaseTold, Identity, IncomingTold, ReferralTold
from caseapp.demo.records import person_body, person_head
from caseapp.demo.work_records import Known
from caseapp.demo.work_told import ActionTold, MaracTold
from caseapp.marac.models import (
    DONE,
    OPEN,
    ActionBody,
    ActionHead,
    MaracAction,
    MaracBody,
    MaracHead,
    MaracReferral,
)
from caseapp.reference import label_of
from caseapp.referrals.incoming_models import (
    IncomingBody,
    IncomingHead,
    IncomingReferral,
    IncomingStep,
)
from caseapp.referrals.models import CHASED, Referral, ReferralBody, ReferralHead, ReferralStep
from caseapp.web.words import long_date


def referral_rows(told: CaseTold, case: Case, known: Known) -> Iterator[tuple[int, Referral]]:
    """(place among those told, row); a MARAC has a record of its own."""
    for place, referral in enumerate(told.referrals):
        if referral.kind != "marac":
            author = known.users[told.advocate]
            yield place, _referral(referral, case, author, told.person, known)


def marac_rows(
    told: CaseTold, case: Case, perpetrator_id: UUID | None
) -> Iterator[tuple[int, MaracReferral, list[MaracAction]]]:
    """(place among the referrals told, row, its actions)"""
    for marac in told.marac:
        row = MaracReferral(
            id=uuid4(),
            case_id=case.id,
            author_id=case.advocate_id,
            head=_marac_head(marac, perpetrator_id),
            body=_marac_body(marac, told),
        )
        yield marac.referral, row, [_action(each, row) for each in marac.actions]


def incoming_row(told: IncomingTold, team_id: UUID, author_id: UUID) -> IncomingReferral:
    said = IncomingStep(on=told.decided or told.received, words=told.words, by=author_id)
    return IncomingReferral(
        id=uuid4(),
        team_id=team_id,
        author_id=author_id,
        status=told.status,
        decided_month=f"{told.decided:%Y-%m}" if told.decided else None,
        head=IncomingHead(
            received_on=told.received,
            person=person_head(told.person),
            referred_by=told.referred_by,
            decided_on=told.decided,
        ),
        body=IncomingBody(
            details=person_body(told.person),
            referral_source=told.referral_source,
            themes=told.theme,
            summary=told.summary,
            consent=told.consent,
            consent_basis="agreed" if told.consent == "given" else "public_task",
            declined_reason=told.declined_reason,
            signposted_to=told.signposted_to,
            steps=(said,) if told.words else (),
        ),
    )


def safe_words(person: Identity) -> str:
    """What another agency is told about how to reach somebody."""
    return f"Call only: {person.hours}. {person.wording}" if person.hours else ""


def _referral(
    told: ReferralTold, case: Case, author: UUID, person: Identity, known: Known
) -> Referral:
    chased = [step.on for step in told.steps if step.what == CHASED]
    steps = tuple(ReferralStep(on=step.on, what=step.what, by=author) for step in told.steps)
    words = safe_words(person)
    head = ReferralHead(
        made_on=told.on,
        kind=told.kind,
        agency=told.agency,
        decision=told.decision,
        decided_on=told.decided_on,
        chased_on=max(chased, default=None),
        service_id=known.services.get(told.agency),
    )
    body = ReferralBody(
        need=told.need,
        consent_basis=told.consent_basis,
        why_without_consent=told.why_without_consent,
        person_told=told.person_told,
        safe_contact=words,
        why_no_safe_contact="" if words else "It has not been asked yet.",
        declined_reason=told.declined_reason,
        engagement=told.engagement,
        outcome=told.result,
        consent=told.consent,
        conditions=told.conditions,
        necessity=told.necessity,
        why_not_told=told.why_not_told,
        first_responder=told.first_responder,
        steps=steps,
    )
    return Referral(id=uuid4(), case_id=case.id, author_id=author, head=head, body=body)


def _marac_head(told: MaracTold, perpetrator_id: UUID | None) -> MaracHead:
    return MaracHead(
        referred_on=told.on,
        criteria=told.criteria,
        is_repeat=told.is_repeat,
        dash_score=told.dash_score,
        perpetrator_id=perpetrator_id if told.perpetrator_recorded else None,
        violence_types=told.violence_types,
        meeting_on=told.meeting_on,
        heard_on=told.heard_on,
        fed_back_on=told.fed_back_on,
    )


def _marac_body(told: MaracTold, case: CaseTold) -> MaracBody:
    shared, person = case.referrals[told.referral], case.person
    named = [each for each in case.alleged if each.recorded and each.known]
    return MaracBody(
        reasons=f"DASH score of {told.dash_score}." if told.dash_score else case.risk[0].reasons,
        victim_aware=shared.person_told,
        consent=shared.consent,
        conditions=shared.conditions,
        why_without_consent=shared.why_without_consent,
        necessity=shared.necessity,
        why_not_told=shared.why_not_told,
        wishes=casework_words.WISHES,
        safe_contact=f"{person.phone}\n{safe_words(person)}".strip(),
        person=f"{_full_name(person)}\nBorn {long_date(person.date_of_birth)}",
        address=f"{person.address}\n{person.postcode}".strip(),
        needs=f"First language: {person.first_language}",
        incidents=_incidents_until(told.on, case),
        history=case.summary,
        risks=casework_words.RISKS,
        children="\n".join(child.name for child in case.household)
        or "No children in the household are known.",
        perpetrator="\n".join(map(_full_name, named)) or "Not known.",
        agencies="Police\nHousing options team",
        advocate="",
        consent_basis=shared.consent_basis,
        outcome=casework_words.HEARD[told.meeting_on.day % 3] if told.heard_on else "",
        feedback=casework_words.FED_BACK[told.meeting_on.day % 2] if told.fed_back_on else "",
        feedback_channel="phone" if told.fed_back_on else "",
    )


def _incidents_until(day: date, case: CaseTold) -> str:
    """The newest first."""
    return "\n\n".join(
        f"{long_date(each.on)}: {label_of('offence', each.offence)}. {each.description}"
        for each in reversed(case.incidents)
        if each.on <= day
    )


def _full_name(somebody: Identity | AllegedTold) -> str:
    return f"{somebody.given_name} {somebody.family_name}".strip()


def _action(told: ActionTold, row: MaracReferral) -> MaracAction:
    return MaracAction(
        case_id=row.case_id,
        referral_id=row.id,
        owner_id=None if told.agency else row.author_id,
        status=DONE if told.done_on else OPEN,
        head=ActionHead(
            what=told.what, due_on=told.due_on, agency=told.agency, done_on=told.done_on
        ),
        body=ActionBody(result=told.result),
    )
