"""An advocate's journey: ask how contact is safe, be held back where it is not, do what is next."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from caseapp.clock import LOCAL, now, today
from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import choose, fill_date, sign_in
from tests.browser.keyboard import tab_to
from tests.browser.test_work_a_case import open_new_case
from tests.serving import Server

OpenPage = Callable[..., Page]


def yesterday_only(page: Page) -> None:
    """Say on the form of the person that only one day is safe, and that it is not today."""
    page.get_by_role("link", name="Person and needs").click()
    page.get_by_role("button", name="Change these details").click()
    choose(page, "Is it safe at any hour?", "No")
    # Not tomorrow: the test may run over midnight.
    day = (now().astimezone(LOCAL) - timedelta(days=2)).strftime("%A")
    choose(page, "On which days is it safe?", day)
    page.get_by_label("Safe from", exact=True).fill("10am")
    page.get_by_label("Safe until", exact=True).fill("11am")
    page.get_by_text("which ways are safe, who else may answer").click()
    choose(page, "Which ways are not safe?", "Visit at home")
    page.get_by_label("What should we say if somebody else answers?").fill("Say it is the gym")
    assert_accessible(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Person and needs")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_number_is_shown_for_a_reason_when_it_is_not_safe(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, f"Heldback{javascript}")
    if javascript:
        yesterday_only(page)
    page.goto(f"{case}/person")
    expect(page.get_by_role("main")).not_to_contain_text("01632 961")
    page.get_by_role("link", name="make contact").click()
    choose(page, "How do you want to reach them?", "Phone call")
    page.get_by_role("button", name="Show how to reach them").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter why you reach them all the same")
    expect(page.get_by_role("main")).not_to_contain_text("01632 961")
    page.get_by_label("Why do you reach them all the same?").fill("She asked for a call by text")
    page.get_by_role("button", name="Show how to reach them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phone call")
    expect(page.get_by_role("main")).to_contain_text("01632 961")
    page.goto(case)
    expect(page.get_by_role("main")).to_contain_text("She asked for a call by text")


def test_a_number_is_shown_at_once_when_it_is_safe(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Anytime")
    page.goto(f"{case}/person/edit")
    choose(page, "Is it safe at any hour?", "Yes")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Person and needs")
    page.goto(f"{case}/contact")
    assert_accessible(page)
    tab_to(page, "Phone call")
    page.keyboard.press("Space")
    tab_to(page, "Show how to reach them")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("01632 961")
    expect(page.get_by_role("main")).to_contain_text("Do not leave one")
    assert_accessible(page)
    page.get_by_role("button", name="Write the note of this contact").click()
    expect(page.get_by_label("What contact was it?")).to_have_value("")


def test_a_note_of_an_unsafe_call_asks_why_beside_the_question(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Askedwhy")
    yesterday_only(page)
    page.goto(f"{case}/notes/new")
    page.get_by_label("What contact was it?").select_option("phone_spoke")
    page.get_by_label("What happened?").fill("She rang from school.")
    page.get_by_role("button", name="Save the note").click()
    summary = page.get_by_role("alert").filter(has_text="This is not a safe time")
    summary.get_by_role("link").click()
    expect(page.get_by_label("Why was contact made all the same?")).to_be_focused()
    assert_accessible(page)
    page.keyboard.type("She rang us")
    page.get_by_role("button", name="Save the note").click()
    expect(page).to_have_url(case)
    warned = page.get_by_role("listitem").filter(has_text="She rang from school.")
    expect(warned).to_contain_text("Against what is known of safe contact: She rang us")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_task_is_put_off_handed_over_and_done(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    open_new_case(page, f"Todo{javascript}")
    page.get_by_role("link", name="Contact and tasks").click()
    page.get_by_role("button", name="Add a task").click()
    page.get_by_label("What has to be done?").fill("Ring the school")
    late = today() - timedelta(days=1)
    fill_date(page, "By when?", late.day, late.month, late.year)
    page.get_by_label("Does it reach the person? How?").select_option("phone")
    page.get_by_role("button", name="Save the task").click()
    row = page.get_by_role("row").filter(has_text="Ring the school")
    expect(row).to_contain_text("Overdue")
    expect(row).to_contain_text("Nobody has written down the days and hours that are safe.")
    row.get_by_role("link", name="Put off or hand over").click()
    later = today() + timedelta(days=3)
    fill_date(page, "By when?", later.day, later.month, later.year)
    owner = page.get_by_label("Who does it?")
    other = owner.locator("option:not([value='']):not(:checked)").first
    name = other.inner_text()
    owner.select_option(name)
    page.get_by_role("button", name="Save the task").click()
    expect(row).to_contain_text(name)
    expect(row).not_to_contain_text("Overdue")
    row.get_by_role("button", name="Done").click()
    done = page.get_by_role("table", name="Done").get_by_role("row").filter(has_text="Ring")
    expect(done).to_be_visible()
    done.get_by_role("button", name="Not done after all").click()
    to_do = page.get_by_role("table", name="To do").get_by_role("row").filter(has_text="Ring")
    expect(to_do).to_be_visible()
    if javascript:
        assert_accessible(page)


def test_a_task_is_done_by_keyboard(open_page: OpenPage, demo_server: Server) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Keysonly")
    page.goto(f"{case}/tasks/new")
    expect(page.get_by_label("What has to be done?")).to_be_focused()
    page.keyboard.type("Ring the school")
    later = today() + timedelta(days=3)
    for part in (later.day, later.month, later.year):
        page.keyboard.press("Tab")
        page.keyboard.type(str(part))
    tab_to(page, "Save the task")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, "Done")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("table", name="Done")).to_contain_text("Ring the school")
