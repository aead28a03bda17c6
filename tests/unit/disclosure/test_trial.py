"""The attacker's process: ended early, killed, or too slow, it leaves no doubt that it was."""

import os
import signal
import subprocess
from typing import Any

import pytest

from caseapp.disclosure.judging import judge
from caseapp.disclosure.lattice import link
from caseapp.disclosure.rules import AttackFailed
from caseapp.disclosure.trial import run_attacker
from tests.unit.disclosure.borough import make_units, six_tables
from tests.unit.disclosure.releases import Document, certified_rounding, publish


class Cancelled(Exception):
    """As the page's job raises it where somebody asked it to end."""


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[str]]:
    """Every process that the trial has started."""
    processes: list[subprocess.Popen[str]] = []

    class Noted(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *words: Any, **more: Any) -> None:
            super().__init__(*words, **more)
            processes.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    return processes


@pytest.fixture(scope="module")
def release() -> Document:
    tables = six_tables(make_units(300))
    return publish(tables, certified_rounding(tables))


def test_somebody_who_cancels_in_the_middle_does_not_wait_for_the_attack(
    started: list[subprocess.Popen[str]], release: Document
) -> None:
    def cancel(_: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run_attacker([release], progress=cancel)
    assert [each.returncode for each in started] == [-signal.SIGKILL]


def test_an_attacker_that_is_killed_in_the_middle_is_said_to_have_been_stopped(
    started: list[subprocess.Popen[str]], release: Document
) -> None:
    def kill(_: str) -> None:
        os.kill(started[0].pid, signal.SIGKILL)

    with pytest.raises(AttackFailed, match="stopped from outside"):
        run_attacker([release], progress=kill)


def test_an_attacker_that_takes_too_long_is_stopped_and_said_to_have_been_slow(
    release: Document,
) -> None:
    with pytest.raises(AttackFailed, match="took too long"):
        run_attacker([release], seconds=0.0)


def test_what_an_attacker_could_not_look_at_is_no_proof_of_safety(release: Document) -> None:
    report = run_attacker([release], patience=1e-9)
    assert report["undecided"] > 50
    tables = six_tables(make_units(300))
    found = judge(report, {release["name"]: link(tables).truth})
    assert found.counts.narrow > 0
    assert not found.safe
