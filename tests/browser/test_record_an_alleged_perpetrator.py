"""A journey: record who is said to have done it, be warned, and let the manager settle it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from caseapp.clock import today
from tests.browser.demo_home import choose, fill_date, sign_in
from tests.browser.test_work_a_case import open_new_case
from tests.browser.widths import look_at_both_widths
from tests.serving import Server

OpenPage = Callable[..., Page]
WARNING = "Speak to your manager before you go on"


def record_somebody(page: Page, family_name: str, *, born: tuple[int, int, int]) -> None:
    page.get_by_role("link", name="Alleged perpetrators").click()
    page.get_by_role("button", name="Record an alleged perpetrator").click()
    choose(page, "Is it known who they are?", "Yes")
    page.get_by_label("First name").fill("Torvald")
    page.get_by_label("Family name").fill(family_name)
    fill_date(page, "Date of birth", *born)
    page.get_by_label("Who are they to the person?").select_option("friend_or_peer")
    choose(page, "Types of violence", "Robbery")
    page.get_by_label("Who said so?").select_option("person")
    choose(page, "How sure are we?", "Likely")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"Torvald {family_name}")


def add_fact_by_keyboard(page: Page, text: str) -> None:
    """About, what is known, who said so, how sure: one row, without a mouse."""
    page.get_by_label("About").focus()
    page.keyboard.type("Bail")
    page.keyboard.press("Tab")
    page.keyboard.type(text)
    page.keyboard.press("Tab")
    page.keyboard.type("Police")
    page.keyboard.press("Tab")
    page.keyboard.type("Confirmed")
    page.keyboard.press("Tab")  # to the button
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="What is known now")).to_contain_text(text)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_advocate_records_who_did_it_fact_by_fact(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, f"Robbed-{'Script' if javascript else 'Plain'}")
    record_somebody(page, "Grimstone", born=(3, 2, 1988))
    if javascript:
        page.get_by_role("link", name="Change the name").click()
        look_at_both_widths(page)
        page.go_back()
    add_fact_by_keyboard(page, "Not to go to Golborne Road")
    page.get_by_role("button", name="No longer so").click()
    page.get_by_text("What was said before").first.click()
    expect(page.get_by_role("table", name="What was said before")).to_contain_text("Golborne")
    page.get_by_role("button", name="Record a programme").click()
    page.get_by_label("Programme", exact=True).fill("Turning point")
    choose(page, "What came of it?", "Referred, waiting")
    if javascript:
        look_at_both_widths(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose who supports the victim")
    choose(page, "Is the victim supported beside it?", "Supported by us")
    fill_date(page, "Supported since", 1, 10, 2025)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("Turning point")
    if javascript:
        look_at_both_widths(page)
    page.goto(case)
    expect(page.get_by_role("main")).to_contain_text("Alleged perpetrator recorded")
    expect(page.get_by_role("main")).not_to_contain_text("Grimstone")


def test_a_name_known_to_another_team_warns_and_the_manager_settles_it(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "other-team")
    case = open_new_case(page, "Doublename")
    sign_in(page, demo_server, "advocate")
    mine = open_new_case(page, "Onesided")
    record_somebody(page, "Doublename", born=birthday_of_new_cases())
    expect(page.get_by_role("main")).to_contain_text(WARNING)
    assert case not in page.content()
    look_at_both_widths(page)
    page.goto(mine)
    expect(page.get_by_role("main")).to_contain_text(WARNING)
    sign_in(page, demo_server, "manager")
    page.goto(mine)
    page.get_by_role("link", name="See whom to speak to").click()
    expect(page.get_by_role("main")).to_contain_text("may be a client")
    look_at_both_widths(page)
    page.get_by_label("What did you agree?").fill("Another advocate takes the second case.")
    page.get_by_role("button", name="We have spoken").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case overview")
    sign_in(page, demo_server, "advocate")
    page.goto(mine)
    expect(page.get_by_role("main")).not_to_contain_text(WARNING)


def birthday_of_new_cases() -> tuple[int, int, int]:
    """Of everybody whom open_new_case takes in."""
    born = today() - timedelta(days=17 * 366)
    return born.day, born.month, born.year
