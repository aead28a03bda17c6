"""Fills a new demo home: teams, accounts, people and cases, audited as it goes."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from uuid import UUID

from flask import current_app

from caseapp.access.actors import Role
from caseapp.accounts.actions import create_team, create_user
from caseapp.accounts.demo import PASSWORD
from caseapp.accounts.models import Team
from caseapp.accounts.passwords import NOBODYS_HASH, hash_password
from caseapp.clock import today
from caseapp.database import transaction
from caseapp.demo.action_plan import invent_actions
from caseapp.demo.agencies import directory, services_told
from caseapp.demo.answers import in_batches, invent_answers, invent_community
from caseapp.demo.casework import with_casework
from caseapp.demo.entered import invent_figures
from caseapp.demo.fill_cases import CaseWriter
from caseapp.demo.fill_house import fill_action_plan, fill_answers, fill_figures
from caseapp.demo.fill_teams import fill_directory, fill_incoming
from caseapp.demo.fill_voice import fill_voice
from caseapp.demo.incoming import invent_incoming
from caseapp.demo.lives import CaseTold, WorkerTold
from caseapp.demo.period import Period, period_of
from caseapp.demo.story import stories
from caseapp.demo.truth import Write, truth_file
from caseapp.demo.voices import words_beside
from caseapp.demo.workers import allocate, count_open, invent_workers
from caseapp.surveys.responses import Response

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
        teams, users = _fill_accounts(workers)
        write_truth(workers)
        write_truth(services_told(directory(period.last)))
        writer = CaseWriter(teams, users, fill_directory(teams, users, period.last))
        told = with_casework(allocate(stories(cases, seed, period), workers), seed)
        answers: list[tuple[str, Response]] = []
        for done, batch in _batches(told):
            writer.write(batch)
            write_truth(batch)
            first = done - len(batch)
            answers += chain.from_iterable(
                invent_answers(case, number, seed) for number, case in enumerate(batch, first)
            )
            progress("Cases", done, cases)
        incoming = list(invent_incoming(workers, cases, seed, period))
        fill_incoming(incoming, teams, users)
        write_truth(incoming)
        answers += invent_community(cases, period, seed)
        _fill_answers(answers, seed, write_truth)
        _fill_house(seed, period, users, write_truth)
        fill_voice(period, seed, users)


def _fill_answers(answers: Sequence[tuple[str, Response]], seed: int, write_truth: Write) -> None:
    batches = list(in_batches(answers, seed))
    for batch in batches:
        fill_answers(batch, words_beside(batch, seed, is_newest=batch is batches[-1]))
        write_truth(batch)


def _fill_house(seed: int, period: Period, users: dict[str, UUID], write_truth: Write) -> None:
    figures, actions = list(invent_figures(seed, period)), list(invent_actions(period))
    fill_figures(figures, users)
    fill_action_plan(actions, users)
    write_truth(figures)
    write_truth(actions)


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
