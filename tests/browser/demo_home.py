"""A demo home that `caseapp` made and serves, and the steps that journeys share."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from caseapp.accounts.demo import PASSWORD
from config import PROJECT, Settings
from tests.serving import Server, environment_of, running_server

SMALL_BOROUGH = ("demo", "--cases", "60", "--seed", "11")


def run_caseapp(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    """A command as somebody would type it, on this home; raises where it fails."""
    return subprocess.run(
        [sys.executable, "-m", "caseapp.cli", *words],
        cwd=PROJECT,
        env=environment_of(settings),
        check=True,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def own_demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A demo home in which nobody else has done yet what was due."""
    settings = Settings(home=tmp_path_factory.mktemp("own_demo") / "home")
    run_caseapp(settings, *SMALL_BOROUGH)
    with running_server(settings) as server:
        yield server


@pytest.fixture(scope="session")
def demo_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(home=tmp_path_factory.mktemp("demo") / "home")
    run_caseapp(settings, *SMALL_BOROUGH, "--truth", str(truth_file(settings)))
    return settings


@pytest.fixture(scope="session")
def demo_server(demo_settings: Settings) -> Iterator[Server]:
    with running_server(demo_settings) as server:
        yield server


def truth_file(settings: Settings) -> Path:
    return settings.home.parent / "truth.jsonl"


def sign_in(page: Page, server: Server, who: str) -> None:
    """Sign in as one of the demo accounts: "advocate", "manager", …"""
    page.context.clear_cookies()
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("Email address").fill(f"{who}@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def fill_date(page: Page, name: str, day: int, month: int, year: int) -> None:
    """Type a date into its three boxes, found by the question they answer."""
    group = page.get_by_role("group", name=name)
    for label, number in (("Day", day), ("Month", month), ("Year", year)):
        group.get_by_label(label).fill(str(number))


def choose(page: Page, question: str, answer: str) -> None:
    """Choose a radio button or tick a box under its question."""
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
