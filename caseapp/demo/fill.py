"""Fills a new demo home: teams, accounts, people and cases, audited as it goes."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

from flask import current_app

from caseapp.access.actors import Role
from caseapp.accounts.actions import create_team, create_user
from caseapp.accounts.demo import PASSWORD
from caseapp.accounts.models import Team
from caseapp.accounts.passwords import NOBODYS_HASH, hash_password
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.clock import today
from caseapp.database import db, transaction
from caseapp.demo.lives import CaseTold, Identity, WorkerTold
from caseapp.demo.period import period_of
from caseapp.demo.plan_records import plan_row, version_rows
from caseapp.demo.records import case_row, person_body, person_head, rows_of
from caseapp.demo.story import stories
from caseapp.demo.truth import truth_file
from caseapp.demo.workers import allocate, count_open, invent_workers
from caseapp.people.actions import create_person

CASES_A_COMMIT = 100

Progress = Callable[[str, int, int], None]  # step, done, total


def fill_home(
    *,
    cases: int,
    seed: int,
    months: int,
    truth: Path | None,
    progress: Progress,
    end: date | None = None,
) -> None:
    """So many synthetic cases over so many months up to the month of `end` (this month).

    Call it in the context of an app whose home is new and marked as a demo. Raises SettingsError
    before anything is written where the truth file would lie inside the home.
    """
    home = current_app.extensions["settings"].home
    period = period_of(months, end or today(), today())
    with truth_file(home, truth) as write_truth:
        # Told twice rather than kept: a large demo would not fit into memory.
        workers = invent_workers(count_open(stories(cases, seed, period)), seed)
        writer = _Writer(*_fill_accounts(workers))
        write_truth(workers)
        for done, batch in _batches(allocate(stories(cases, seed, period), workers)):
            writer.write(batch)
            write_truth(batch)
            progress("Cases", done, cases)


def _fill_accounts(workers: Sequence[WorkerTold]) -> tuple[dict[str, Team], dict[str, UUID]]:
    """Teams by name and user ids by email. Only the demo accounts can sign in."""
    demo_hash = hash_password(PASSWORD)
    with transaction():
        services = {worker.team: worker.service for worker in workers if worker.team}
        teams = {name: create_team(name, service) for name, service in services.items()}
        users = {
            worker.email: create_user(
                worker.name,
                worker.email,
                Role(worker.role),
                teams.get(worker.team),
                demo_hash if worker.passphrase else NOBODYS_HASH,
                second_factor_off=bool(worker.passphrase),
            ).id
            for worker in workers
        }
    return teams, users


def _batches(told: Iterator[CaseTold]) -> Iterator[tuple[int, list[CaseTold]]]:
    """(how many so far, the next ones)"""
    done = 0
    while batch := list(islice(told, CASES_A_COMMIT)):
        done += len(batch)
        yield done, batch


class _Writer:
    """Writes cases, and knows which people it has written before."""

    def __init__(self, teams: dict[str, Team], users: dict[str, UUID]) -> None:
        self.team_ids = {team.name: team.id for team in teams.values()}
        self.users = users
        self.people: dict[int, UUID] = {}

    def write(self, batch: Sequence[CaseTold]) -> None:
        with transaction():
            for told in batch:
                self._write_case(told)
        db.session.remove()  # or the session would hold every row until the end

    def _write_case(self, told: CaseTold) -> None:
        """Person, case, plan and the rest in this order: each refers to what is there already."""
        person_id = self._person_id(told.person)
        team_id, advocate_id = self.team_ids[told.team], self.users[told.advocate]
        case = case_row(told, person_id, team_id, advocate_id)
        db.session.add(case)
        db.session.flush()
        db.session.add_all(rows_of(told, case))
        if told.plan:
            plan = plan_row(told.plan, case)
            db.session.add(plan)
            db.session.flush()
            db.session.add_all(version_rows(told.plan, plan, case))
        record(Kind.DEMO_FILLED, actor=None, team_id=team_id, case_id=case.id)

    def _person_id(self, person: Identity) -> UUID:
        if person.number not in self.people:
            made = create_person(uuid4(), person_head(person), person_body(person))
            self.people[person.number] = made.id
        return self.people[person.number]
