"""A manager finds what is missing from the records and goes to the cases; an analyst compares."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import sign_in
from tests.browser.keyboard import tab_to
from tests.browser.pictures import take_picture
from tests.serving import Server

OpenPage = Callable[..., Page]
WIDTHS = (1280, 320)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_manager_goes_from_what_is_missing_to_the_case_that_lacks_it(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "manager")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Data quality").click()
    table = page.get_by_role("table", name="What is missing")
    worst = table.get_by_role("link", name="open cases:").first
    many = int(worst.inner_text().split(" of ")[0])
    worst.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Missing from open cases")
    listed = page.locator("main tbody tr")
    expect(listed).to_have_count(many)
    listed.get_by_role("link").first.click()
    expect(page.locator(".app-identity")).to_be_visible()


def test_the_order_and_the_period_are_chosen_by_keyboard(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "manager")
    page.goto(f"{demo_server.url}/data-quality")
    tab_to(page, "In the last 12 months")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="In the last 12 months")).to_have_attribute(
        "aria-current", "page"
    )
    tab_to(page, "Closed cases")
    page.keyboard.press("Enter")
    heading = page.get_by_role("columnheader", name="Closed cases")
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert "opened=12" in page.url


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("who", ["manager", "analyst"])
def test_the_pages_are_accessible_and_fit_a_small_screen(
    open_page: OpenPage, demo_server: Server, who: str, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    sign_in(page, demo_server, who)
    paths = ["/data-quality", "/data-quality/teams?opened=3"]
    if who == "manager":
        paths[1] = "/data-quality?opened=3"
        paths.append("/data-quality/cases?field=needs")
    for number, path in enumerate(paths):
        page.goto(f"{demo_server.url}{path}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        take_picture(page, f"data-quality-{who}-{number}-{width}")


def test_an_analyst_sees_bands_and_neither_a_number_nor_a_case(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "analyst")
    page.goto(f"{demo_server.url}/data-quality")
    expect(page.get_by_role("heading", level=1)).to_contain_text("each team")
    assert "%" not in page.locator("main").inner_text()
    expect(page.locator("main a[href*='/cases']")).to_have_count(0)
