"""Writes invented cases with all that belongs to them, each with its word in the audit."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from flask import current_app
from msgspec.structs import replace
from sqlalchemy import select

from caseapp.access.actors import Actor, Role
from caseapp.accounts.models import Team
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.demo.harm_records import incident_rows, perpetrator_rows, risk_rows
from caseapp.demo.lives import CaseTold, Identity
from caseapp.demo.plan_records import call_rows, plan_row, version_rows
from caseapp.demo.records import case_row, person_body, person_head, rows_of
from caseapp.demo.referral_records import marac_rows, referral_rows
from caseapp.demo.voices import offers_of
from caseapp.demo.work_records import Known, child_rows, moving_rows, sharing_rows, tie_rows
from caseapp.people.actions import create_person
from caseapp.perpetrators.conflict import check_client, check_perpetrator
from caseapp.perpetrators.models import AllegedPerpetrator, ConflictCheck, PerpetratorToken
from caseapp.perpetrators.tokens import tokens_to_keep


class CaseWriter:
    """Writes cases, and knows which people and cases it has written before."""

    def __init__(
        self, teams: Mapping[str, Team], users: Mapping[str, UUID], services: Mapping[str, UUID]
    ) -> None:
        self.team_ids = {team.name: team.id for team in teams.values()}
        self.people: dict[int, UUID] = {}
        self.cases: dict[str, UUID] = {}
        self.known = Known(users, self.people, self.cases, services)

    def write(self, batch: Sequence[CaseTold]) -> None:
        with transaction():
            for told in batch:
                self._write_case(told)
        db.session.remove()  # or the session would hold every row until the end

    def _write_case(self, told: CaseTold) -> None:
        """In two steps: what refers to a row comes after it."""
        case = self._open_case(told)
        first, second = _rows(told, case, self.known)
        author = self.known.users[told.advocate]
        db.session.add_all([*first, *rows_of(told, case), *risk_rows(told, case, author)])
        db.session.add_all(offers_of(told, case, author))
        db.session.add_all([*tie_rows(told, case, self.known), *moving_rows(told, case, author)])
        if told.plan:
            plan = plan_row(told.plan, case)
            db.session.add(plan)
            db.session.flush()
            second += [*version_rows(told.plan, plan, case), *call_rows(told.plan, case)]
        db.session.flush()
        db.session.add_all(second)
        named = [row for row in first if isinstance(row, AllegedPerpetrator)]
        _check_for_conflicts(case, named, Actor(author, Role.ADVOCATE, case.team_id))
        _date_checks(case)
        record(Kind.DEMO_FILLED, actor=None, team_id=case.team_id, case_id=case.id)

    def _open_case(self, told: CaseTold) -> Case:
        person_id = self._person_id(told)
        case = case_row(told, person_id, self.team_ids[told.team], self.known.users[told.advocate])
        db.session.add(case)
        db.session.flush()
        self.cases[told.reference] = case.id
        return case

    def _person_id(self, told: CaseTold) -> UUID:
        person: Identity = told.person
        if person.number not in self.people:
            made = create_person(uuid4(), person_head(person), person_body(person))
            self.people[person.number] = made.id
            db.session.add_all(child_rows(told, made.id))
        return self.people[person.number]


def _rows(told: CaseTold, case: Case, known: Known) -> tuple[list[object], list[object]]:
    """What stands on its own, and what refers to it."""
    author = known.users[told.advocate]
    perpetrators = list(perpetrator_rows(told, case, author))
    perpetrator_id = perpetrators[0][0].id if perpetrators else None
    incidents = list(incident_rows(told, case, author, perpetrator_id))
    referrals = dict(referral_rows(told, case, known))
    maracs = list(marac_rows(told, case, perpetrator_id))
    ids = {place: row.id for place, row in referrals.items()}
    ids |= {place: row.id for place, row, _ in maracs}
    sharing = list(sharing_rows(told, case, ids, known))
    pairs: list[tuple[object, object | None]] = [*perpetrators, *incidents, *sharing]
    first = [row for row, _ in pairs] + [*referrals.values(), *(row for _, row, _ in maracs)]
    second = [after for _, after in pairs if after is not None]
    return first, [*second, *(action for *_, actions in maracs for action in actions)]


def _check_for_conflicts(case: Case, perpetrators: Sequence[AllegedPerpetrator], by: Actor) -> None:
    """As whoever takes a case in and names somebody does."""
    vault = current_app.extensions["vault"]
    check_client(case, by)
    for one in perpetrators:
        for field, token in tokens_to_keep(vault, one.head, one.body.facts):
            db.session.add(PerpetratorToken(perpetrator_id=one.id, field=field, token=token))
        check_perpetrator(case, one, by)


def _date_checks(case: Case) -> None:
    """They were made when the case was taken in; the newest look at them is that of today."""
    checks = select(ConflictCheck).where(ConflictCheck.case_id == case.id)
    for check in db.session.scalars(checks):
        check.head = replace(check.head, since=case.head.opened_on)
