"""The first page of the day: an advocate's morning, a manager's, and a filter that is kept."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import sign_in
from tests.browser.keyboard import tab_to
from tests.serving import Server

OpenPage = Callable[..., Page]
NARROW = {"width": 320, "height": 800}


def fits(page: Page) -> None:
    assert_accessible(page)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize("javascript", [True, False])
def test_an_advocates_morning_leads_from_what_is_late_to_where_it_is_done(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")
    overdue = page.get_by_role("heading", level=3, name="Overdue")
    expect(overdue).to_be_visible()
    review = page.get_by_role("link", name="Review the case").first
    review.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("risk")
    page.get_by_role("link", name="Today", exact=True).click()
    page.get_by_role("link", name="Show all").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Due")
    page.get_by_role("link", name="Today", exact=True).last.click()
    page.locator(".app-tiles").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My cases")


@pytest.mark.parametrize("who", ["advocate", "manager"])
def test_the_day_and_its_lists_are_accessible_and_fit_a_small_screen(
    open_page: OpenPage, demo_server: Server, who: str
) -> None:
    for viewport in (None, NARROW):
        page = open_page(viewport=viewport or {"width": 1280, "height": 900})
        sign_in(page, demo_server, who)
        for path in ("/today", "/today/overdue", "/cases?sort=contact&risk=high", "/cases/filters"):
            page.goto(f"{demo_server.url}{path}")
            fits(page)


def test_a_managers_morning_goes_from_the_workload_to_what_is_missing(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "manager")
    expect(page.get_by_role("heading", name="For you to decide")).to_be_visible()
    table = page.get_by_role("table", name="Who has how much")
    table.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The team's cases")
    page.get_by_role("link", name="Today", exact=True).click()
    missing = page.get_by_role("table", name="Missing from the records").get_by_role("link").first
    words = missing.inner_text()
    missing.click()
    expect(page.get_by_label("Missing").locator("option:checked")).to_have_text(words)
    expect(page.locator("main tbody tr").first).to_be_visible()


def test_the_day_is_walked_through_by_keyboard(open_page: OpenPage, demo_server: Server) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    tab_to(page, "Review the case")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("risk")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_filter_is_kept_applied_by_one_click_renamed_and_deleted(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    page.goto(f"{demo_server.url}/cases")
    page.get_by_text("Filter and sort").click()
    page.get_by_label("Risk", exact=True).select_option("high")
    page.get_by_label("Sort by").select_option("review")
    page.get_by_role("button", name="Show these cases").click()
    page.get_by_role("link", name="Keep this filter").click()
    page.get_by_label("Name of this filter").fill("The worst first")
    with page.expect_navigation():  # the script asks first whether the server is there
        page.get_by_role("button", name="Keep the filter").click()
    assert "worst" not in page.url
    page.goto(f"{demo_server.url}/cases")
    page.get_by_role("link", name="The worst first").click()
    expect(page.get_by_label("Risk", exact=True)).to_have_value("high")
    for tag in page.locator("main tbody .govuk-tag").all():
        expect(tag).to_have_text("High risk")
    page.get_by_role("link", name="Change kept filters").click()
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name of this filter").fill("High, by review")
    page.get_by_role("button", name="Save the name").click()
    expect(page.get_by_role("link", name="High, by review", exact=True)).to_be_visible()
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("You keep no filters yet")).to_be_visible()
