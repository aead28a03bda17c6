"""The one case of the cast with a record of every kind in it."""

import json
from datetime import date
from uuid import UUID, uuid4

from msgspec.structs import replace

from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.background import DONE
from caseapp.caseloads.kept_filters import keep_filter
from caseapp.cases import actions
from caseapp.cases.contributions import tell_turn
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.closure.actions import ask_to_close, withdraw_request
from caseapp.closure.models import ClosureBody, ClosureHead
from caseapp.contacts import actions as contact_actions
from caseapp.contacts.models import NoteBody, NoteHead, TaskHead
from caseapp.database import db, transaction
from caseapp.directory import actions as directory_actions
from caseapp.directory.entries import Entry
from caseapp.exports.jobs import new_job
from caseapp.exports.kept_editions import entry_of
from caseapp.exports.models import Release, ReleaseBody, ReleaseHead
from caseapp.exports.signing import take_decision
from caseapp.incidents import actions as incident_actions
from caseapp.incidents.models import IncidentBody, IncidentHead, OutcomeStep, RightStep
from caseapp.people.models import FlagBody, FlagHead, FlagStep, PersonHead
from caseapp.perpetrators import actions as perpetrator_actions
from caseapp.perpetrators.models import Fact, PerpetratorHead, ProgrammeBody, ProgrammeHead
from caseapp.plans.actions import write_first_version, write_version
from caseapp.plans.models import (
    Place,
    Plan,
    SafePerson,
    SectionWords,
    Step,
    VersionBody,
    VersionHead,
)
from caseapp.referrals.actions import make_referral
from caseapp.referrals.incoming_actions import accept_incoming, record_incoming
from caseapp.referrals.incoming_models import IncomingBody, IncomingHead
from caseapp.referrals.models import ReferralBody, ReferralHead
from caseapp.risk import actions as risk_actions
from caseapp.risk.models import DashBody, DashHead, YouthBody, YouthHead
from caseapp.sharing.actions import record_sharing, withdraw_consent
from caseapp.sharing.models import SharingBody, SharingHead
from caseapp.sharing.queries import sharing_of
from caseapp.transfers.actions import ask_for_transfer
from caseapp.transfers.models import TransferBody
from tests.cast import Cast, open_a_case
from tests.filled_files import fill_files
from tests.filled_household import fill_household
from tests.filled_import import bring_a_caseload
from tests.filled_marac import fill_marac, measure
from tests.filled_pack import keep_a_pack
from tests.filled_partnership import fill_partnership
from tests.filled_voice import offer_a_survey, release_answers
from tests.unit.release_files.editions import CERTIFICATE

DAY = date(2026, 5, 4)


def fill_case(cast: Cast) -> dict[str, UUID | str]:
    """Add one of everything, in an app context; returns the ids by their names in addresses."""
    with transaction():
        case = db.session.get_one(Case, cast.case_id)
        measure(case, cast)
        add_closure_request(case, cast)
        add_withdrawn_consent(case, cast)
        offer_a_survey(case, cast)
        return {
            "batch_id": release_answers(),
            "note_id": add_note(case, cast),
            "task_id": add_task(case, cast),
            "incident_id": add_incident(case, cast),
            "flag_id": add_flag(case, cast),
            "filter_id": add_kept_filter(cast),
            "referral_id": add_referral(case, cast),
            "plan_id": add_plan(case, cast),
            **fill_household(case, cast),
            **fill_files(case, cast),
            **add_perpetrator(case, cast),
            **add_to_directory(cast),
            "sharing_id": add_sharing(case, cast),
            **judge_in_every_way(case, cast),
            "transfer_id": add_transfer(case, cast),
            "incoming_id": add_incoming(case, cast),
            **fill_marac(case, cast),
            **bring_a_caseload(cast),
            **keep_a_pack(case, cast),
            **fill_partnership(cast),
        }


def add_kept_filter(cast: Cast) -> UUID:
    """Of the manager: the matrix shows that it is nobody else's."""
    return keep_filter(uuid4(), "High risk", {"risk": "high"}, cast.manager).id


def add_note(case: Case, cast: Cast) -> UUID:
    head = NoteHead(at=now(), type="home_visit", contact_outcome="no_answer")
    body = NoteBody(fact="Nobody was there.")
    return contact_actions.add_note(uuid4(), case, head, body, cast.assigned_advocate).id


def add_task(case: Case, cast: Cast) -> UUID:
    head = TaskHead(what="Ring the school", due_on=DAY, kind="phone")
    return contact_actions.add_task(uuid4(), case, head, cast.assigned_advocate).id


def add_incident(case: Case, cast: Cast) -> UUID:
    head = IncidentHead(happened_on=DAY, offence="personal_robbery")
    body = IncidentBody(description="Outside the college gate.")
    by = cast.assigned_advocate
    incident = incident_actions.add_incident(uuid4(), case, head, body, by)
    outcome = OutcomeStep(id=uuid4(), at=now(), by=by.user_id, outcome="18", outcome_on=DAY)
    incident_actions.record_outcome(case, incident, outcome, None, by)
    before = (("What happened?", "At the bus stop."),)
    incident_actions.change_incident(case, incident, incident.head, incident.body, by, before)
    right = RightStep(
        sent_with=uuid4(), right="support", standing="met", on=DAY, at=now(), by=by.user_id
    )
    incident_actions.record_rights(case, incident, (right,), by)
    return incident.id


def judge_in_every_way(case: Case, cast: Cast) -> dict[str, UUID]:
    """Nothing that an address names; the course of risk is drawn from it."""
    by = cast.assigned_advocate
    dash = DashHead(on=DAY, score=2, level_by_score="standard", level="standard", items=(3, 9))
    risk_actions.record_dash(uuid4(), case, dash, DashBody(), by)
    youth = YouthHead(on=DAY, concerns=(("weapons", "high"),), proposed="high", level="high")
    words = (("weapons", "A knife at home."),)
    risk_actions.judge_youth_risk(uuid4(), case, youth, YouthBody(words=words), by)
    return {}


def add_flag(case: Case, cast: Cast) -> UUID:
    head = FlagHead(list_name="slcn", code="autism", status="suspected", raised_on=DAY)
    body = FlagBody(steps=(FlagStep(on=DAY, what="raised", status="suspected"),))
    return actions.raise_flag(uuid4(), case, head, body, cast.assigned_advocate).id


def add_referral(case: Case, cast: Cast) -> UUID:
    head = ReferralHead(made_on=DAY, kind="speech_and_language", agency="The clinic")
    body = ReferralBody(need="An assessment", consent_basis="agreed")
    return make_referral(uuid4(), case, head, body, cast.assigned_advocate).id


def add_incoming(case: Case, cast: Cast) -> UUID:
    """Somebody who waits, and the referral that the case itself came from."""
    person = PersonHead(given_name="Tariro", family_name="Moyo")
    head = IncomingHead(received_on=DAY, person=person, referred_by="The college")
    body = IncomingBody(summary="Followed on the way home")
    accepted = record_incoming(uuid4(), head, body, cast.assigned_advocate)
    db.session.flush()
    accept_incoming(accepted, case, cast.assigned_advocate)
    return record_incoming(uuid4(), head, body, cast.assigned_advocate).id


def add_transfer(case: Case, cast: Cast) -> UUID:
    """One that waits for the other team's manager."""
    team_id = cast.other_manager.team_id
    assert team_id
    body = TransferBody(why="She lives with him", note="Call on Friday", consent="given")
    return ask_for_transfer(uuid4(), case, team_id, body, cast.assigned_advocate).id


def add_closure_request(case: Case, cast: Cast) -> None:
    """One that its advocate has set aside again."""
    by = cast.assigned_advocate
    head = ClosureHead(asked_on=DAY, reason="needs_met", on=DAY, risk_level="standard")
    request = ask_to_close(uuid4(), case, head, ClosureBody(note="Ring the aunt."), by)
    withdraw_request(case, request, by)


def add_withdrawn_consent(case: Case, cast: Cast) -> None:
    by = cast.assigned_advocate
    head = SharingHead(shared_on=DAY, with_whom="The school", consent="given", basis="agreed")
    entry = record_sharing(uuid4(), case, head, SharingBody(what="That he is late."), by)
    (record,) = (each for each in sharing_of(case) if each.entry.id == entry.id)
    withdraw_consent(uuid4(), case, record, DAY, "Not any more.", by)


def add_sharing(case: Case, cast: Cast) -> UUID:
    """One that a senior has to decide on."""
    head = SharingHead(shared_on=DAY, with_whom="MASH", consent="not_asked", basis="public_task")
    body = SharingBody(what="The address", necessity="A child lives there")
    return record_sharing(uuid4(), case, head, body, cast.assigned_advocate).id


def add_to_directory(cast: Cast) -> dict[str, UUID]:
    entry = Entry(
        id=uuid4(), name="Westway clinic", organisation="Westway Trust", areas=("Dalgarno",),
        needs=("referral_kind/speech_and_language",), languages=("Arabic",),
    )  # fmt: skip
    service = directory_actions.add_service(entry, cast.manager)
    waiting = [replace(entry, id=uuid4(), name="Golborne clinic")]
    kept = directory_actions.keep_import(uuid4(), "services.json", waiting, cast.manager)
    return {"service_id": service.id, "import_id": kept.id}


def add_perpetrator(case: Case, cast: Cast) -> dict[str, UUID]:
    """Somebody who may be a client of another team, so that there is a conflict to settle."""
    by = cast.assigned_advocate
    open_a_case(cast.other_team, given_name="Torvald", family_name="Brandvik")
    head = PerpetratorHead(
        is_known=True,
        recorded_on=DAY,
        given_name="Torvald",
        family_name="Brandvik",
        date_of_birth=date(2009, 3, 27),  # as of everybody whom open_a_case takes in
        violence_types=("robbery",),
    )
    perpetrator = perpetrator_actions.add_perpetrator(
        uuid4(), case, head, source="person", confidence="likely", by=by
    )
    programme = perpetrator_actions.record_programme(
        uuid4(),
        case,
        perpetrator,
        ProgrammeHead(offered_on=DAY, result="offered", victim_support="by_us"),
        ProgrammeBody(programme="Turning point"),
        by,
    )
    fact = Fact(
        id=uuid4(), what="bail", text="Not to enter the borough", source="police",
        confidence="confirmed", noted_on=DAY, by=by.user_id,
    )  # fmt: skip
    perpetrator_actions.add_fact(case, perpetrator, fact, by)
    return {
        "perpetrator_id": perpetrator.id,
        "programme_id": programme.id,
        "fact_id": fact.id,
    }


def add_plan(case: Case, cast: Cast) -> UUID:
    """Two versions with something in every field, and a call for a review that waits."""
    by = cast.assigned_advocate
    head = VersionHead(
        written_at=now(), review_on=DAY, is_agreed=True, copy_is_safe=True, language="ar",
        reading_format="easy_read", agreed_by=("person", "trusted_adult"), agreed_on=DAY,
    )  # fmt: skip
    home = SectionWords(code="home", own="I lock the door.", worker="Her aunt has a key.")
    body = VersionBody(
        sections=(home,),
        child=(SectionWords(code="code_word", own="Our word is lighthouse."),),
        steps=(Step(when="They wait at the gate", then="I go back in."),),
        places=(Place(kind="unsafe_place", words="The car park"),),
        people=(SafePerson(who="My aunt", reach="Her mobile", may_know=True),),
        pictures={"I lock the door.": "lock"},
    )
    first = write_first_version(uuid4(), case, "youth_violence", head, body, by)
    plan = db.session.get_one(Plan, first.plan_id)
    longer = replace(body, sections=(replace(home, own="I lock the door. I call my aunt."),))
    write_version(uuid4(), case, plan, replace(head, written_at=now()), longer, by)
    tell_turn(case, "marac", by)
    return plan.id


def refuse_once(release: Release, cast: Cast) -> None:
    """It can still be signed."""
    head = entry_of(release).head
    take_decision(uuid4(), release, head, "The wards are those of last year.", cast.other_manager)


def keep_a_release(cast: Cast) -> dict[str, str | UUID]:
    """An entry of the ledger as a month leaves it, though nothing was solved for it; returns its
    names in addresses."""
    files = {"certificate.json": json.dumps(CERTIFICATE).encode()}
    unsolved = dict.fromkeys(("inputs", "catalogue", "released", "solver", "previous"), "0" * 64)
    with transaction():
        job = new_job(uuid4(), "2026-05", cast.analyst)
        job.state = DONE
        release = Release(
            position=1,
            period=job.period,
            since="2026-04",
            **unsolved,
            made_by=cast.analyst.user_id,
            head=ReleaseHead(made_at=now()),
            body=ReleaseBody(tables=(), values=(), widened=(), files=files),
        )
        db.session.add(release)
        record(Kind.RELEASE_MADE, actor=cast.analyst)
        refuse_once(release, cast)
        return {"period": release.period, "job_id": job.id}
