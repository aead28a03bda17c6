"""The journey of a review: called for by an incident, done, compared, and overdue on Today."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.demo_home import sign_in
from tests.browser.keyboard import tab_to
from tests.browser.test_work_a_case import add_incident, open_new_case
from tests.browser.test_write_a_safety_plan import answer_the_rest, fill_section
from tests.browser.widths import look_at_both_widths
from tests.serving import Server

OpenPage = Callable[..., Page]
WRITE = "Write a plan: Violence affecting under-25s"


def overdue_plan(page: Page, server: Server) -> Locator:
    """The first line of Today about a plan whose review is overdue."""
    page.goto(f"{server.url}/today/overdue")
    row = page.get_by_role("row").filter(has_text="Review the safety plan").first
    expect(row).to_contain_text("late")
    return row


@pytest.mark.parametrize("javascript", [True, False])
def test_an_incident_calls_for_a_review_and_the_next_version_answers_it(
    open_page: OpenPage, own_demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, own_demo_server, "advocate")
    case_url = open_new_case(page, f"Reviewer-{'Script' if javascript else 'Plain'}")
    page.get_by_role("link", name="Safety plans").click()
    page.get_by_role("button", name=WRITE).click()
    fill_section(page, "Home", "I go to my aunt. I lock the door.", "Her number is in the phone.")
    fill_section(page, "Friends and peers", "My cousin.")
    answer_the_rest(page, "Yes")
    plan_url = page.url
    page.goto(case_url)
    add_incident(page)
    page.goto(plan_url)
    called = page.get_by_text("This plan has to be reviewed. A new incident was recorded")
    expect(called).to_be_visible()

    page.get_by_role("button", name="Review the plan").click()
    fill_section(page, "Home", "I go to my gran. I lock the door.", "Her number is in the phone.")
    answer_the_rest(page, "Yes")
    expect(called).to_have_count(0)
    page.get_by_role("button", name="Compare the versions").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("What changed from version 1 to version 2")
    expect(main.get_by_role("deletion").last).to_contain_text("aunt.")
    expect(main.get_by_role("insertion").last).to_contain_text("gran.")
    page.get_by_role("group").filter(has_text="Friends and peers").locator("summary").click()
    expect(main).to_contain_text("My cousin.")


def test_two_versions_are_chosen_and_compared_by_the_keyboard_alone(
    page: Page, own_demo_server: Server
) -> None:
    sign_in(page, own_demo_server, "advocate")
    open_new_case(page, "Reviewer-Keys")
    page.get_by_role("link", name="Safety plans").click()
    page.get_by_role("button", name=WRITE).click()
    for words in ("To my aunt.", "To my gran.", "To my gran and then to school."):
        fill_section(page, "Home", words)
        answer_the_rest(page, "Yes")
        look_at_both_widths(page, "plan")
        if words != "To my gran and then to school.":
            page.get_by_role("button", name="Change the plan").click()
    tab_to(page, "Earlier version")
    page.keyboard.press("ArrowDown")  # the newest stands first
    tab_to(page, "Compare the versions")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("from version 1 to version 3")
    look_at_both_widths(page, "compare")
    tab_to(page, "Earlier version")
    page.keyboard.press("End")
    tab_to(page, "Later version")
    page.keyboard.press("End")
    tab_to(page, "Compare the versions")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("You chose version 1 twice.")
    look_at_both_widths(page, "compare_same")


@pytest.mark.parametrize("who", ["advocate", "manager"])
def test_an_overdue_review_leads_from_today_to_the_plan(
    page: Page, own_demo_server: Server, who: str
) -> None:
    sign_in(page, own_demo_server, who)
    row = overdue_plan(page, own_demo_server)
    look_at_both_widths(page, f"today_{who}")
    if who == "manager":
        expect(row.get_by_role("cell").nth(1)).not_to_be_empty()  # the advocate
        expect(page.get_by_role("columnheader", name="Advocate")).to_be_visible()
    with page.expect_navigation():
        row.get_by_role("link", name="Review the safety plan").click()
    expect(page.get_by_role("main")).to_contain_text("The review of this plan is overdue")
    expect(page.get_by_role("main")).to_contain_text("late")
    look_at_both_widths(page, f"overdue_{who}")
