"""The device in somebody else's hands: nothing of a case is reached from it, before they answer or
after."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser.demo_home import sign_in
from tests.browser.test_hand_a_survey_over import HAND_OVER, make_code, offer
from tests.browser.test_work_a_case import open_new_case
from tests.browser.widths import look_at_both_widths
from tests.serving import Server
from tests.unit.giving.codes import CODE

OpenPage = Callable[..., Page]


def addresses_of(case: str, server: Server) -> list[str]:
    """What somebody with the device in their hands may type."""
    return [
        case,
        f"{case}/person",
        f"{case}/voice",
        f"{case}/plans",
        *(f"{server.url}/{place}" for place in ("", "today", "cases", "give", "give/cards", "s")),
    ]


def assert_nothing_of_a_case(page: Page, name: str) -> None:
    shown = page.locator("html").inner_html()  # waits for a page that is on its way
    assert name not in shown
    assert "Case overview" not in shown
    assert not CODE.search(page.locator("body").inner_text())


@pytest.mark.parametrize("javascript", [True, False])
def test_whoever_holds_the_device_reaches_nothing_of_a_case(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    name = f"Voice-Tablet-{'Script' if javascript else 'Plain'}"
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, name)
    offer(page, case)
    code, _ = make_code(page)
    page.get_by_role("button", name=HAND_OVER).click()
    first = f"{demo_server.url}/s/start"
    expect(page).to_have_url(first)
    expect(page).to_have_title(re.compile("A few questions"))
    assert_nothing_of_a_case(page, name)
    page.reload()
    assert_nothing_of_a_case(page, name)
    if javascript:  # without one, the browser asks whether to send the form of the code again
        page.go_back()
        expect(page).to_have_url(f"{demo_server.url}/s")
    assert_no_way_into_the_case(page, demo_server, case, name)
    page.goto(first)
    expect(page).to_have_title(re.compile("A few questions"))
    assert code not in page.url

    answer_all(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    look_at_both_widths(page, "handed-over-and-answered", has_script=javascript)
    assert_no_way_into_the_case(page, demo_server, case, name)
    page.goto(f"{demo_server.url}/s/questions/1")
    expect(page).to_have_url(f"{demo_server.url}/s")  # nor to what was answered
    sign_in(page, demo_server, "advocate")
    page.goto(case)
    expect(page.locator("body")).to_contain_text(name)  # the address was right


def answer_all(page: Page) -> None:
    page.get_by_role("button", name="Start").click()
    for number in range(1, 7):
        expect(page.get_by_text(f"Question {number} of 7")).to_be_visible()
        page.get_by_label("Agree", exact=True).check()
        page.get_by_role("button", name="Next").click()
    page.get_by_label("What helped you most?").fill("A worker who listened.")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send my answers").click()


def assert_no_way_into_the_case(page: Page, server: Server, case: str, name: str) -> None:
    """Through everything that was looked at, to the sign-in, and to every address."""
    steps = page.evaluate("history.length")
    for _ in range(steps):
        go_back(page)
        assert_nothing_of_a_case(page, name)
    for _ in range(steps):
        with suppress(Error):
            page.go_forward()
        assert_nothing_of_a_case(page, name)
    for address in addresses_of(case, server):
        page.goto(address)
        assert_nothing_of_a_case(page, name)
        assert page.url.startswith((f"{server.url}/sign-in", f"{server.url}/s"))


def go_back(page: Page) -> None:
    """As the button of the browser does; where it would have to send a form again, it shows a page
    of its own that says so."""
    with suppress(Error):  # Playwright calls that page an error
        page.go_back()
    page.wait_for_load_state()


def test_the_other_tabs_of_the_worker_show_nothing_either(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Voice-Tabs")
    context: BrowserContext = page.context
    other = context.new_page()
    other.goto(f"{demo_server.url}/give")
    make_code(other)
    other.get_by_role("button", name=HAND_OVER).click()
    expect(other).to_have_url(f"{demo_server.url}/s/start")
    expect(page).to_have_url(f"{demo_server.url}/s")
    assert_nothing_of_a_case(page, "Voice-Tabs")
    page.goto(case)
    expect(page).to_have_url(f"{demo_server.url}/sign-in")
