"""What ten weekly jobs cost the hands, counted from what a real browser was sent.

`python -m benchmarks hands` prints the table.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import weekly_jobs
from tests.browser.demo_home import sign_in
from tests.browser.hands import Hands
from tests.browser.test_find_a_service import add_service
from tests.browser.test_work_a_case import open_new_case
from tests.browser.test_write_a_safety_plan import answer_the_rest, fill_section
from tests.serving import Server

OpenPage = Callable[..., Page]
MOST_KEYS_OF_A_NOTE = 8
HEADING = f"{'Job':<46} {'key presses':>11} {'clicks':>6} {'letters of text':>15}"


@dataclass(frozen=True)
class Cost:
    job: str
    keys: int
    clicks: int
    letters: int

    def in_words(self) -> str:
        return f"{self.job:<46} {self.keys:>11} {self.clicks:>6} {self.letters:>15}"


@pytest.fixture(scope="module")
def costs() -> Iterator[list[Cost]]:
    """Each job adds its line; where HAND_SPEED names a file, the table is written there."""
    found: list[Cost] = []
    yield found
    if place := os.environ.get("HAND_SPEED"):
        lines = [HEADING, *(cost.in_words() for cost in found)]
        Path(place).write_text("\n".join(lines) + "\n")


def own_case(page: Page, server: Server, name: str) -> None:
    sign_in(page, server, "advocate")
    open_new_case(page, name)


def anywhere(page: Page, server: Server, name: str) -> None:
    own_case(page, server, name)
    page.goto(f"{server.url}/account")


def beside_the_directory(page: Page, server: Server, name: str) -> None:
    sign_in(page, server, "manager")
    add_service(page, "Measured advice")
    own_case(page, server, name)
    page.goto(f"{page.url}/referrals")


def with_a_plan(page: Page, server: Server, name: str) -> None:
    own_case(page, server, name)
    case = page.url
    page.get_by_role("link", name="Safety plans").click()
    page.get_by_role("button", name="Write a plan: Violence affecting under-25s").click()
    fill_section(page, "Home", "My aunt.")
    answer_the_rest(page, "Yes")
    expect(page.get_by_role("main")).to_contain_text("My aunt.")
    page.goto(case)


def of_an_idva(page: Page, server: Server, _name: str) -> None:
    """A case with a history, as the demo tells it: the first that stands in their list."""
    sign_in(page, server, "other-team")
    page.goto(f"{server.url}/cases")
    page.locator("main tbody tr", has_text="Domestic abuse").first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case overview")


def at_high_risk(page: Page, server: Server, name: str) -> None:
    of_an_idva(page, server, name)
    case = page.url
    page.goto(f"{case}/risk/dash")
    page.keyboard.type("1-15")
    page.keyboard.press("Enter")
    page.wait_for_url(case)


def at_work(page: Page, server: Server, _name: str) -> None:
    sign_in(page, server, "advocate")
    page.goto(f"{server.url}/account")


JOBS = (
    ("Quick note", anywhere, weekly_jobs.quick_note),
    ("Note with a task, and finishing the task", anywhere, weekly_jobs.task_from_note),
    ("Find a case and open it", anywhere, weekly_jobs.find_case),
    ("DASH result", of_an_idva, weekly_jobs.record_dash),
    ("Incident with its outcome", own_case, weekly_jobs.add_incident),
    ("Referral to a service of the directory", beside_the_directory, weekly_jobs.refer_out),
    ("MARAC referral", at_high_risk, weekly_jobs.refer_to_marac),
    ("Review of a safety plan", with_a_plan, weekly_jobs.review_plan),
    ("New case", at_work, weekly_jobs.open_case),
    ("Ask to close a case", own_case, weekly_jobs.ask_to_close),
)
NAMES = (
    "Handsnote", "Taskwood", "Searchley", "", "Harmsworth", "Referby", "", "Planford", "Newhands",
    "Closeby",
)  # fmt: skip


@pytest.mark.parametrize(
    ("job", "prepare", "do", "name"),
    [(*job, name) for job, name in zip(JOBS, NAMES, strict=True)],
    ids=[job for job, *_ in JOBS],
)
def test_each_weekly_job_is_done_by_a_handful_of_keys_and_clicks(
    open_page: OpenPage,
    demo_server: Server,
    costs: list[Cost],
    job: str,
    prepare: Callable[[Page, Server, str], None],
    do: weekly_jobs.Job,
    name: str,
) -> None:
    page = open_page()
    prepare(page, demo_server, name)
    hands = Hands(page)
    do(hands, name if do is weekly_jobs.open_case else name[:3].lower())
    counted = hands.counted
    cost = Cost(job, len(counted.keys), counted.clicks, len(counted.text))
    costs.append(cost)
    assert cost.keys + cost.clicks > 0
    if do is weekly_jobs.quick_note:
        assert cost.keys <= MOST_KEYS_OF_A_NOTE
        assert cost.clicks == 0
