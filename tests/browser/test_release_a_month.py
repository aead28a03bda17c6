"""From a police figure to the board: the analyst enters it and releases a month, a second person
signs, the analyst downloads, and the board sees which way things go."""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from caseapp.access.actors import Actor, Role
from caseapp.accounts.models import User
from caseapp.clock import today
from caseapp.database import db
from caseapp.home import unlock_demo
from caseapp.indicators.periods import last_period, year_of
from caseapp.release_files.words import month_words
from config import Settings
from tests.browser.demo_home import choose, fill_date, run_caseapp, sign_in
from tests.browser.keyboard import tab_to
from tests.browser.widths import look_at_both_widths
from tests.homes import open_app, running_app
from tests.serving import Server, running_server
from tests.small_year import choose_a_small_year

OpenPage = Callable[..., Page]
FOUR_MINUTES = 240_000  # milliseconds, to count, solve and attack on a busy machine
MONTH = last_period(today()).month
FIGURES = (  # 30%, where the strategy found 10%
    ("Domestic abuse: outcomes assigned", "900"),
    ("Domestic abuse: detections", "270"),
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A small borough whose year releases few tables."""
    settings = Settings(home=tmp_path / "demo" / "home")
    run_caseapp(settings, "demo", "--cases", "40", "--seed", "11", "--months", "8")
    with running_app(open_app(unlock_demo(settings))) as app, app.app_context():
        choose_a_small_year(_analyst(), year_of(MONTH))
    with running_server(settings) as server:
        yield server


def _analyst() -> Actor:
    actor: Actor = next(
        user.actor for user in db.session.scalars(db.select(User)) if user.role == Role.ANALYST
    )
    db.session.rollback()
    return actor


def enter_figures(page: Page, server: Server) -> None:
    for label, value in FIGURES:
        page.goto(f"{server.url}/figures")
        page.get_by_label("Financial year").select_option(year_of(MONTH))
        page.get_by_role("button", name="Show the year").click()
        page.get_by_role("link", name=label).click()
        page.get_by_label("Value").fill(value)
        page.get_by_label("Source", exact=True).fill("Police dashboard")
        fill_date(page, "Date of the source", 4, 5, 2026)
        page.get_by_role("button", name="Save the figure").click()
        expect(page.get_by_role("main")).to_contain_text("figures are entered")


def watch_until_made(page: Page) -> None:
    """By looking again, as somebody without script does."""
    look, made = page.locator("[data-look-again]"), page.get_by_text("Disclosure certificate")
    expect(look.or_(made).first).to_be_visible()
    while look.is_visible():
        with page.expect_navigation():
            look.click()
    expect(made.first).to_be_visible(timeout=FOUR_MINUTES)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_figure_is_entered_a_month_released_signed_downloaded_and_seen_by_the_board(
    open_page: OpenPage, server: Server, tmp_path: Path, javascript: bool
) -> None:
    page, words = open_page(javascript=javascript), month_words(MONTH)

    def look(picture: str) -> None:
        look_at_both_widths(page, picture if javascript else "", has_script=javascript)

    sign_in(page, server, "analyst")
    enter_figures(page, server)
    page.goto(f"{server.url}/releases")
    look("releases-none")
    page.get_by_label("Month").select_option(label=words)
    page.get_by_role("button", name="Make the release").click()
    expect(page.get_by_role("status")).to_contain_text("Step")
    look("release-being-made")
    watch_until_made(page)
    expect(page.get_by_role("main")).to_contain_text("a second person has to sign it")
    look("release-waits")
    sign_in(page, server, "manager")
    page.goto(f"{server.url}/releases")
    page.get_by_role("link", name=words).click()
    look("release-to-sign")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose whether this release may leave")
    choose(page, "May this release leave?", "Yes, I sign it")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("The release is signed")
    sign_in(page, server, "analyst")
    page.goto(f"{server.url}/releases/{MONTH}")
    look("release-signed")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the release").click()
    download.value.save_as(tmp_path / "release.zip")
    with zipfile.ZipFile(tmp_path / "release.zip") as archive:
        assert f"{MONTH}/certificate.html" in archive.namelist()
    page.goto(f"{server.url}/releases")
    expect(page.get_by_role("main")).to_contain_text("Verified just now: 1 entry")
    look("releases-one")
    page.goto(f"{server.url}/board")
    row = page.get_by_role("row").filter(has_text="Domestic abuse: detection rate")
    expect(row).to_contain_text(re.compile(r"Better\s+30%"))
    look("board-after-a-release")


def test_a_release_is_cancelled_made_and_signed_by_keyboard(
    open_page: OpenPage, server: Server
) -> None:
    page = open_page()
    sign_in(page, server, "analyst")
    page.goto(f"{server.url}/releases")
    make_by_keyboard(page)
    tab_to(page, "Cancel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Nothing of it is released")
    look_at_both_widths(page, "release-cancelled")
    page.goto(f"{server.url}/releases")
    make_by_keyboard(page)
    watch_until_made(page)
    sign_in(page, server, "manager")
    page.goto(f"{server.url}/releases")
    tab_to(page, month_words(MONTH))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Release of")
    sign_by_keyboard(page)
    expect(page.get_by_role("alert")).to_contain_text("The release is signed")
    look_at_both_widths(page, "release-signed-by-keyboard")


def make_by_keyboard(page: Page) -> None:
    """The last month that is over, which is the first one of the list."""
    tab_to(page, "Month")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Make the release")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Step")


def sign_by_keyboard(page: Page) -> None:
    """First without an answer: the focus goes to what is wrong, and Enter leads to the question."""
    tab_to(page, "Save the decision")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.get_by_label("Yes, I sign it")).to_be_checked()
    tab_to(page, "Save the decision")
    page.keyboard.press("Enter")
