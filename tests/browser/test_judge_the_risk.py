"""Journeys of risk: a DASH result by keyboard, the youth judgement, the drawing, the proposal."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo_home import choose, sign_in
from tests.browser.keyboard import tab_to
from tests.browser.test_work_a_case import open_new_case
from tests.browser.widths import look_at_both_widths
from tests.serving import Server

OpenPage = Callable[..., Page]

ITEMS = "1 2 4-8 11 15 16 19-23"  # fifteen of them


class Keys:
    """Presses keys, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.pressed += len(text)
        self.page.keyboard.type(text)


def open_case_of(page: Page, server: Server, who: str, family_name: str) -> str:
    """A case that no other journey has judged, with the themes of their team; its address."""
    sign_in(page, server, who)
    return open_new_case(page, family_name)


def test_a_dash_result_takes_one_key_beyond_the_numbers_of_its_items(
    page: Page, demo_server: Server
) -> None:
    case = open_case_of(page, demo_server, "other-team", "Dashwood")
    tab_to(page, "Judge the risk")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Record a DASH result")
    look_at_both_widths(page)
    keys = Keys(page)
    keys.type(ITEMS)  # the box has the focus when the page opens
    keys.press("Enter")
    expect(page).to_have_url(case)
    assert keys.pressed == len(ITEMS) + 1
    expect(page.locator(".app-identity")).to_contain_text("High risk")
    drawing = page.get_by_role("img", name="Risk over time")
    expect(drawing).to_be_visible()
    expect(page.locator(".app-course table")).to_contain_text("DASH, 15 of 24")
    expect(page.get_by_role("region", name="Think about a MARAC referral")).to_contain_text(
        "DASH score of 15"
    )
    look_at_both_widths(page)
    page.get_by_role("link", name="Risk", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("1, 2, 4, 5, 6, 7, 8, 11, 15, 16, 19")
    look_at_both_widths(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_dash_that_was_mistyped_comes_back_with_what_was_typed(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    case = open_case_of(page, demo_server, "other-team", f"Mistyped-{javascript}")
    page.goto(f"{case}/risk/dash")
    page.get_by_label("Numbers of the items answered yes").fill("3 25")
    page.get_by_role("button", name="Save the DASH result").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("There is no item 25")
    box = page.get_by_label("Numbers of the items answered yes")
    expect(box).to_have_value("3 25")
    box.fill("3")
    page.get_by_label("12", exact=True).check()
    page.get_by_role("button", name="Save the DASH result").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("the two differ")
    page.get_by_label("Numbers of the items answered yes").fill("")
    choose(page, "Level by professional judgement", "High")
    page.get_by_label("Why do you raise it?").fill("She sleeps in her clothes.")
    page.get_by_role("button", name="Save the DASH result").click()
    expect(page).to_have_url(case)
    expect(page.locator(".app-course")).to_contain_text("DASH, 1 of 24, raised by judgement")


PARTS = (
    "Harm to self", "Harm from others", "Harm to others", "Exploitation", "Weapons", "Places",
    "Peers", "Online", "Protective factors",
)  # fmt: skip


@pytest.mark.parametrize("javascript", [True, False])
def test_a_youth_judgement_proposes_and_the_worker_decides(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    case = open_case_of(page, demo_server, "advocate", f"Judged-{javascript}")
    page.get_by_role("link", name="Judge the risk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Youth judgement of risk")
    for part in PARTS:
        answer = "Some concern" if part in {"Peers", "Online"} else "Little or none"
        choose(page, f"{part}: how much concern?", answer)
    page.get_by_label("Peers: in a few words").fill("Two friends were stopped with knives.")
    if javascript:
        look_at_both_widths(page)
    page.get_by_role("button", name="See what the answers point to").click()
    proposal = page.get_by_role("region", name="The answers point to: standard")
    expect(proposal).to_contain_text("Peers: some concern")
    expect(page.get_by_label("Peers: in a few words")).to_have_value(
        "Two friends were stopped with knives."
    )
    choose(page, "Overall level of risk", "Medium")
    if javascript:
        look_at_both_widths(page)
    page.get_by_role("button", name="Save the youth judgement").first.click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Say why you judge otherwise")
    page.get_by_label("Why? Needed where you judge otherwise").fill("He will not go home.")
    page.get_by_role("button", name="Save the youth judgement").first.click()
    expect(page).to_have_url(case)
    expect(page.locator(".app-identity")).to_contain_text("Medium risk")
    expect(page.locator(".app-course")).to_contain_text("Youth judgement")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_theme_that_comes_to_light_is_added_where_the_case_shows_its_themes(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    case = open_case_of(page, demo_server, "advocate", "Themeston" if javascript else "Plainly")
    tab_to(page, "themes")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Change the themes")
    choose(page, "Themes", "Domestic abuse")
    if javascript:
        look_at_both_widths(page)
    page.get_by_role("button", name="Save the themes").click()
    expect(page).to_have_url(case)
    expect(page.get_by_role("main")).to_contain_text("Violence affecting under-25s, Domestic abuse")
    if javascript:
        look_at_both_widths(page)
