"""The journey of a plan: written with the person, changed, and printed for them to keep."""

from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import choose, sign_in
from tests.browser.test_work_a_case import open_new_case
from tests.serving import Server

OpenPage = Callable[..., Page]


def fill_section(page: Page, heading: str, own: str, worker: str = "") -> None:
    section = page.get_by_role("group", name=heading, exact=True)
    section.get_by_label("In their own words").fill(own)
    section.get_by_label("What you add").fill(worker)


def answer_the_rest(page: Page, copy_is_safe: str) -> None:
    choose(page, "Who agreed to this plan?", "The person themselves")
    choose(page, "Is it safe for them to keep a copy?", copy_is_safe)
    with page.expect_navigation():  # the script asks first whether the server is there
        page.get_by_role("button", name="Save the plan").click()


def words_on_paper(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_plan_is_written_changed_and_printed(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    open_new_case(page, f"Planner-{'Script' if javascript else 'Plain'}")
    page.get_by_role("link", name="Safety plans").click()
    page.get_by_role("button", name="Write a plan: Violence affecting under-25s").click()
    fill_section(page, "Home", "My aunt, at any hour.", "Her number is in the phone.")
    fill_section(page, "My safe people", "فاطمة الزهراء")
    answer_the_rest(page, "Yes")
    expect(page.get_by_role("main")).to_contain_text("My aunt, at any hour.")

    page.get_by_role("button", name="Change the plan").click()
    fill_section(page, "Home", "My gran, at any hour.")
    answer_the_rest(page, "Yes")
    page.get_by_role("link", name="Version 1").click()
    expect(page.get_by_role("main")).to_contain_text("My aunt, at any hour.")
    with page.expect_navigation():
        page.get_by_role("link", name="Read the plan as it stands now").click()
    plan_url = page.url

    sign_in(page, demo_server, "manager")
    page.goto(plan_url)
    link = page.get_by_role("button", name="Print the plan").get_attribute("href")
    pdf = page.context.request.get(f"{demo_server.url}{link}")
    assert pdf.headers["content-disposition"] == 'inline; filename="my-plan.pdf"'
    text = words_on_paper(pdf.body())
    assert "My gran, at any hour." in text
    assert "فاطمة الزهراء" in text
    assert "My aunt" not in text
    assert "Planner" not in text


def test_a_copy_that_is_not_safe_is_not_printed_without_a_reason(
    page: Page, demo_server: Server
) -> None:
    sign_in(page, demo_server, "advocate")
    open_new_case(page, "Planner-Unsafe")
    page.get_by_role("link", name="Safety plans").click()
    page.get_by_role("button", name="Write a plan: Violence affecting under-25s").click()
    assert_accessible(page)
    fill_section(page, "Home", "Nobody may find this.")
    answer_the_rest(page, "No")
    assert_accessible(page)
    page.get_by_role("button", name="Print the plan").click()
    expect(page.get_by_role("main")).to_contain_text("It is not safe for the person to keep a copy")
    assert_accessible(page)
    page.get_by_role("link", name="Do not print it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Safety plan")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_copy_that_is_not_safe_is_printed_by_a_manager_who_says_why(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "manager")
    open_new_case(page, f"Planner-Reason-{javascript}")
    page.get_by_role("link", name="Safety plans").click()
    page.get_by_role("button", name="Write a plan: Violence affecting under-25s").click()
    fill_section(page, "Home", "Nobody at home may find this.")
    answer_the_rest(page, "No")
    plan = page.url
    straight = page.request.get(f"{plan}/plan.pdf", max_redirects=0)
    assert straight.status == 302
    page.get_by_role("button", name="Print the plan").click()
    page.get_by_role("button", name="Print the plan").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose why you print it")
    page.get_by_role("radio").first.check()
    with page.expect_response(lambda answer: answer.request.method == "POST") as printed:
        page.get_by_role("button", name="Print the plan").click()
    assert printed.value.status == 200
    assert printed.value.headers["content-type"] == "application/pdf"


def test_two_people_at_once_see_both_texts(open_page: OpenPage, demo_server: Server) -> None:
    first, second = open_page(), open_page()
    sign_in(first, demo_server, "advocate")
    open_new_case(first, "Planner-Both")
    first.get_by_role("link", name="Safety plans").click()
    first.get_by_role("button", name="Write a plan: Violence affecting under-25s").click()
    fill_section(first, "Home", "As it was.")
    answer_the_rest(first, "Yes")
    edit_url = f"{first.url}/edit"

    sign_in(second, demo_server, "manager")
    first.goto(edit_url)
    second.goto(edit_url)
    fill_section(first, "Home", "The advocate's words.")
    answer_the_rest(first, "Yes")
    fill_section(second, "Home", "The manager's words.")
    answer_the_rest(second, "Yes")
    conflict = second.get_by_role("region", name="What differs")
    expect(conflict).to_contain_text("The advocate's words.")
    expect(conflict).to_contain_text("The manager's words.")
    assert_accessible(second)
