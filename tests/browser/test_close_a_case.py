"""Closing a case: outcomes, the advocate asks, the manager agrees, and it opens again."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import choose, sign_in
from tests.browser.keyboard import tab_to
from tests.browser.pictures import take_picture
from tests.browser.test_work_a_case import open_new_case
from tests.serving import Server

OpenPage = Callable[..., Page]


def measure(page: Page, case: str, stage: str, point: str) -> None:
    page.goto(f"{case}/outcomes/new")
    choose(page, "Feels safe", point)
    choose(page, "Copes from day to day", "3, partly")
    choose(page, "When is this?", stage)
    page.get_by_label("In their own words").fill("I can sleep again. أنام الآن")
    page.get_by_role("button", name="Save the outcomes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Outcomes")


def ask_to_close(page: Page, case: str) -> None:
    page.goto(f"{case}/close")
    choose(page, "Why does the case close?", "Planned, needs met")
    choose(page, "Level of risk at closure", "Standard")
    choose(page, "Has the harm stopped or become less?", "Yes")
    page.get_by_label("What should be known if they come back?").fill("Ring her aunt first.")


def test_a_case_closes_when_the_manager_agrees_and_opens_again(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Closing")
    measure(page, case, "Intake", "2")
    measure(page, case, "Exit", "5, fully")
    main = page.get_by_role("main")
    expect(main).to_contain_text("I can sleep again")
    assert_accessible(page)
    take_picture(page, "outcomes")
    ask_to_close(page, case)
    assert_accessible(page)
    page.get_by_role("button", name="Ask to close the case").click()
    expect(main).to_contain_text("Your manager is asked to agree")

    sign_in(page, demo_server, "manager")
    page.goto(f"{case}/close/request")
    assert_accessible(page)
    take_picture(page, "decide-closure")
    choose(page, "Should the case close?", "No")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("Say why the case should go on")
    choose(page, "Should the case close?", "Yes")
    page.get_by_role("button", name="Save the decision").click()
    expect(main).to_contain_text("The case is closed")
    page.goto(f"{case}/outcomes")
    expect(main).to_contain_text("Kept until")
    page.get_by_role("link", name="Change the legal hold").click()
    page.get_by_label("Keep this record until the hold is taken off").check()
    page.get_by_label("Why must it be kept?").fill("Inquest opened.")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("Inquest opened.")

    page.goto(f"{case}/reopen")
    tab_to(page, "Why is the case opened again?")
    page.keyboard.type("She rang: the threats began again.")
    tab_to(page, "Open the case again")
    page.keyboard.press("Enter")
    expect(main).to_contain_text("The case is open again")
    expect(main).to_contain_text("Case opened again")
