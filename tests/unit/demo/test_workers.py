"""Who has which case in the demo: the six accounts, and nobody with more than they can carry."""

from collections import Counter
from datetime import date
from functools import cache

from caseapp.accounts.demo import ACCOUNTS
from caseapp.demo.lives import CaseTold, WorkerTold
from caseapp.demo.period import period_of
from caseapp.demo.story import stories
from caseapp.demo.workers import allocate, count_open, invent_workers

PERIOD = period_of(24, date(2026, 3, 1), date(2026, 4, 1))


@cache
def demo(cases: int = 2_000) -> tuple[list[WorkerTold], list[CaseTold]]:
    told = list(stories(cases, 7, PERIOD))
    workers = invent_workers(count_open(told), 7)
    return workers, list(allocate(told, workers))


def open_cases_of() -> Counter[str]:
    return Counter(case.advocate for case in demo()[1] if case.closed is None)


def test_the_six_demo_accounts_are_there_once_each() -> None:
    emails = [worker.email for worker in demo()[0]]
    assert len(emails) == len(set(emails))
    assert set(ACCOUNTS) <= set(emails)


def test_only_the_demo_accounts_have_a_passphrase() -> None:
    assert {worker.email for worker in demo()[0] if worker.passphrase} == set(ACCOUNTS)


def test_every_advocate_has_between_15_and_30_open_cases() -> None:
    loads = open_cases_of()
    advocates = {worker.email for worker in demo()[0] if worker.role == "advocate"}
    assert set(loads) == advocates
    assert 15 <= min(loads.values()) <= max(loads.values()) <= 30


def test_a_case_belongs_to_one_team_with_its_advocate_and_its_supervisor() -> None:
    workers = {worker.email: worker for worker in demo()[0]}
    for case in demo()[1]:
        advocate, manager = workers[case.advocate], workers[case.supervisor]
        assert advocate.team == manager.team
        assert (advocate.role, manager.role) == ("advocate", "manager")
        assert advocate.service == case.service


def test_the_demo_advocate_and_colleague_share_a_team_and_the_other_does_not() -> None:
    teams = {worker.email: worker.team for worker in demo()[0]}
    assert teams["advocate@demo.example"] == teams["colleague@demo.example"]
    assert teams["advocate@demo.example"] == teams["manager@demo.example"]
    assert teams["advocate@demo.example"] != teams["other-team@demo.example"]


def test_a_small_demo_has_the_six_accounts_too() -> None:
    workers, cases = demo(10)
    assert set(ACCOUNTS) <= {worker.email for worker in workers}
    assert all(case.advocate and case.supervisor for case in cases)
