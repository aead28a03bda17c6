"""A manager takes the plans of many cases out at once: cases, options, progress, and the zip."""

import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.demo_home import choose, sign_in
from tests.browser.keyboard import tab_to
from tests.browser.widths import look_at_both_widths
from tests.serving import Server
from tests.unit.packs.packing import PASSWORD

OpenPage = Callable[..., Page]
A_MINUTE = 60_000  # milliseconds, on a busy machine


def to_choosing(page: Page, server: Server) -> None:
    sign_in(page, server, "manager")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Packs of plans").click()
    page.get_by_role("button", name="Make a pack").click()


def cases_in(page: Page) -> Locator:
    return page.get_by_role("group", name=re.compile("^Cases")).get_by_role("checkbox")


def shown_by(bar: Locator) -> int:
    return int(bar.evaluate("bar => bar.value"))


def wait_until_made(page: Page) -> None:
    """By looking again, as somebody without script does."""
    look = page.locator("[data-look-again]")
    made = page.get_by_role("button", name="Download the plans")
    expect(look.or_(made)).to_be_visible()
    while look.is_visible():
        with page.expect_navigation():
            look.click()
    expect(made).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_pack_is_chosen_made_downloaded_and_removed(
    open_page: OpenPage, demo_server: Server, tmp_path: Path, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    to_choosing(page, demo_server)
    look_at_both_widths(page, "pack-cases", has_script=javascript)
    page.get_by_label("Risk", exact=True).select_option(label="High")
    page.get_by_role("button", name="Show these cases").click()
    # All of them: other journeys open cases that have no plan.
    page.get_by_role("button", name="Choose all").click()
    cases_in(page).first.uncheck()
    page.get_by_role("button", name="Go on with the chosen cases").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How to print the plans of")
    look_at_both_widths(page, "pack-options", has_script=javascript)
    choose(page, "What about plans that are not safe", "It stays in our locked office file")
    page.get_by_label("Password of the pack", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the pack").click()
    wait_until_made(page)
    look_at_both_widths(page, "pack-made", has_script=javascript)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the plans").click()
    assert download.value.suggested_filename == "plans.zip"
    download.value.save_as(tmp_path / "plans.zip")
    with zipfile.ZipFile(tmp_path / "plans.zip") as archive:
        assert archive.testzip() is None
        shown = page.get_by_role("rowheader", name="plan-0").all_inner_texts()
        assert archive.namelist() == shown
    page.get_by_role("button", name="Remove the pack").click()
    expect(page.get_by_role("main")).to_contain_text("Removed")
    look_at_both_widths(page, "pack-list", has_script=javascript)


@contextmanager
def held(server: Server) -> Iterator[None]:
    """Every process that prints for the server stands still meanwhile."""
    printing = psutil.Process(server.process.pid).children(recursive=True)
    assert printing
    for process in printing:
        process.suspend()
    try:
        yield
    finally:
        for process in printing:
            process.resume()


def begin_pack(page: Page, which: str) -> None:
    page.get_by_role("button", name=which).click()
    page.get_by_role("button", name="Go on with the chosen cases").click()
    page.get_by_label("Password of the pack", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the pack").click()


@pytest.fixture
def choosing(page: Page, demo_server: Server) -> Page:
    """Where a pack is chosen, once the server has printed: then its processes can be held."""
    to_choosing(page, demo_server)
    begin_pack(page, "Choose all")
    wait_until_made(page)
    page.goto(f"{demo_server.url}/packs/new")
    return page


def test_a_running_pack_can_be_cancelled(choosing: Page, demo_server: Server) -> None:
    page = choosing
    with held(demo_server):
        begin_pack(page, "Choose all")
        expect(page.get_by_role("progressbar")).to_be_visible()
        look_at_both_widths(page, "pack-running")
        page.get_by_role("button", name="Cancel the pack").click()
        expect(page.get_by_role("main")).to_contain_text("This pack was cancelled")
    look_at_both_widths(page, "pack-cancelled")
    page.get_by_role("button", name="Make it again").click()
    expect(page.get_by_label("Password of the pack", exact=True)).to_be_empty()


def test_a_page_that_stays_open_hears_that_the_pack_has_ended(
    choosing: Page, demo_server: Server
) -> None:
    page = choosing
    with held(demo_server):
        begin_pack(page, "Choose all")
        bar, line = page.get_by_role("progressbar"), page.get_by_role("status")
        expect(bar).to_be_visible()
        assert line.inner_text().startswith(f"{shown_by(bar)} of ")
        page.evaluate("document.body.dataset.same = 'yes'")
    expect(line).to_have_text("This has ended.", timeout=A_MINUTE)
    assert page.evaluate("document.body.dataset.same") == "yes"  # no reload
    page.get_by_role("link", name="See what came of it").click()
    expect(page.get_by_role("button", name="Download the plans")).to_be_visible()


def test_a_pack_is_made_by_keyboard_alone(open_page: OpenPage, demo_server: Server) -> None:
    page = open_page()
    sign_in(page, demo_server, "manager")
    page.goto(f"{demo_server.url}/packs/new")
    tab_to(page, "Choose none")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(cases_in(page).first).to_be_checked()
    tab_to(page, "Go on with the chosen cases")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Make the pack")).to_be_visible()
    tab_to(page, "Password of the pack")
    page.keyboard.type(PASSWORD)
    tab_to(page, "Make the pack")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("of 1 case is done")


def test_what_is_wrong_is_told_and_nothing_chosen_is_lost(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "manager")
    page.goto(f"{demo_server.url}/packs/new")
    page.get_by_role("button", name="Go on with the chosen cases").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose at least one case")
    look_at_both_widths(page, "pack-nothing-chosen")
    cases_in(page).first.check()
    page.get_by_role("button", name="Go on with the chosen cases").click()
    choose(page, "As what?", "One PDF with all the plans, one after another")
    page.get_by_label("Password of the pack", exact=True).fill("password1234")
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_role("alert")).to_contain_text("easy to guess")
    expect(page.get_by_label("One PDF with all the plans")).to_be_checked()
    look_at_both_widths(page, "pack-weak-password")
