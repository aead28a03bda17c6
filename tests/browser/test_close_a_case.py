"""Closing a case: outcomes, the advocate asks, the manager agrees, and it opens again."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import choose, fill_date, sign_in
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


def test_two_people_at_the_closing_of_one_case_lose_no_word(
    open_page: OpenPage, demo_server: Server
) -> None:
    advocate, manager = open_page(), open_page()
    sign_in(advocate, demo_server, "advocate")
    case = open_new_case(advocate, "Crossing")
    sign_in(manager, demo_server, "manager")
    ask_to_close(manager, case)
    note = manager.get_by_label("What should be known if they come back?")
    note.fill("His brother has moved in next door.")
    ask_to_close(advocate, case)
    advocate.get_by_role("button", name="Ask to close the case").click()
    manager.get_by_role("button", name="Close the case").click()
    expect(manager.get_by_role("alert")).to_contain_text("Somebody asked to close this case")
    expect(note).to_have_value("His brother has moved in next door.")
    expect(manager.get_by_role("main")).to_contain_text("Ring her aunt first.")
    assert_accessible(manager)
    take_picture(manager, "asked-meanwhile")

    manager.get_by_role("link", name="Go to this request").click()
    choose(manager, "Should the case close?", "Yes")
    answer = manager.get_by_label("What do you say to the advocate?")
    answer.fill("Keep the aunt's number.")
    advocate.goto(f"{case}/close")
    advocate.get_by_role("button", name="Keep the case open").click()
    expect(advocate.get_by_role("main")).to_contain_text("The case stays open")
    manager.get_by_role("button", name="Save the decision").click()
    expect(manager.get_by_role("alert")).to_contain_text("decided on in between, or withdrawn")
    expect(answer).to_have_value("Keep the aunt's number.")
    assert_accessible(manager)
    take_picture(manager, "withdrawn-meanwhile")


def open_a_case_of_long_ago(page: Page, server: Server) -> str:
    page.goto(f"{server.url}/cases/new")
    page.get_by_label("First name", exact=True).fill("Idony")
    page.get_by_label("Family name").fill("Longago")
    fill_date(page, "Date of birth", 5, 5, 1991)
    choose(page, "Sex", "Female")
    page.get_by_label("Ethnicity", exact=True).select_option("black_african")
    choose(page, "Do they live in the borough?", "Lives in the borough")
    page.get_by_label("Ward", exact=True).select_option("E05009394")
    page.get_by_label("Who referred them?").select_option("school_or_college")
    fill_date(page, "Date the case opens", 4, 5, 2010)
    choose(page, "Level of risk", "Standard")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case overview")
    return page.url


def test_a_manager_is_told_which_records_were_kept_for_their_time(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    main = page.get_by_role("main")
    sign_in(page, demo_server, "manager")
    ask_to_close(page, open_a_case_of_long_ago(page, demo_server))
    fill_date(page, "Date", 2, 11, 2011)
    page.get_by_role("button", name="Close the case").click()
    expect(main).to_contain_text("This record was to be kept until 2 November 2018")
    assert_accessible(page)
    take_picture(page, "old-record")

    tab_to(page, "More")
    page.keyboard.press("Enter")
    tab_to(page, "Old records")
    page.keyboard.press("Enter")
    expect(main).to_contain_text("Idony Longago")
    assert_accessible(page)
    take_picture(page, "old-records")
    page.get_by_role("link", name="Hold it").click()
    page.get_by_label("Keep this record until the hold is taken off").check()
    page.get_by_label("Why must it be kept?").fill("Inquest opened.")
    page.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("Inquest opened.")
    page.goto(f"{demo_server.url}/cases/old-records")
    expect(main).to_contain_text("No old records")
