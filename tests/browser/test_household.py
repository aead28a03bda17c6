"""Journeys of those who belong together: children, relatives, linked cases, people entered twice,
and how somebody wants to be spoken to."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo_home import choose, fill_date, sign_in
from tests.browser.keyboard import tab_to
from tests.browser.test_work_a_case import open_new_case
from tests.browser.widths import look_at_both_widths
from tests.serving import Server

OpenPage = Callable[..., Page]
REFERENCE = re.compile(r"[2-9B-Z]{4}-[2-9B-Z]{4}")


def reference_of(page: Page) -> str:
    """The reference of the case whose page is open."""
    found = REFERENCE.search(page.locator(".app-identity__facts").inner_text())
    assert found
    return found[0]


def press_enter(page: Page, heading: str) -> None:
    """On a link or button; the next page is there when its heading is."""
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def open_tab(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="This case").get_by_role("link", name=name).click()


def add_child(page: Page, name: str) -> None:
    page.get_by_role("button", name="Add a child").click()
    page.get_by_label("Name", exact=True).fill(name)
    fill_date(page, "Date of birth", 3, 4, 2019)
    page.get_by_label("What is the child to the person we support?").select_option("child")
    page.get_by_label("Who does the child live with?").select_option("person")
    choose(page, "How did the abuse reach the child?", "Heard it")
    choose(page, "Children's social care", "Child in need")
    page.get_by_role("button", name="Save the child").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Household")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_advocate_records_the_children_of_a_household(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    open_new_case(page, f"Household-{javascript}")
    open_tab(page, "Household")
    page.get_by_role("button", name="Add a child").click()
    page.get_by_label("Name", exact=True).fill("Tamsin")
    fill_date(page, "Date of birth", 3, 4, 2001)
    page.get_by_role("button", name="Save the child").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose what the child is to the person")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Tamsin")
    if javascript:
        look_at_both_widths(page)
    open_tab(page, "Household")
    add_child(page, "Tamsin")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Heard it")
    page.get_by_role("link", name="Change what is recorded of Tamsin").click()
    fill_date(page, "No longer in the household since", 1, 10, 2025)
    page.get_by_role("button", name="Save the child").click()
    expect(main).to_contain_text("No longer in the household since 1 Oct 2025")
    if javascript:
        look_at_both_widths(page)


def test_a_brother_and_a_linked_case_show_on_both_sides(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    other = open_new_case(page, "Linkwood-Other")
    reference = reference_of(page)
    open_new_case(page, "Linkwood-One")
    own = reference_of(page)
    open_tab(page, "Household")
    page.get_by_role("button", name="Add a relationship").click()
    page.get_by_label("Reference of the other case").fill(reference.lower().replace("-", " "))
    page.get_by_label("What is that person to this one?").select_option("sibling")
    look_at_both_widths(page)
    page.get_by_role("button", name="Save the relationship").click()
    page.get_by_role("button", name="Link another case").click()
    page.get_by_label("Reference of the other case").fill(reference)
    choose(page, "Why do they belong together?", "This person is suspected in the other case")
    look_at_both_widths(page)
    page.get_by_role("button", name="Link the cases").click()
    look_at_both_widths(page)
    page.goto(f"{other}/household")
    main = page.get_by_role("main")
    expect(main).to_contain_text("Sister")
    expect(main).to_contain_text("The person of the other case is suspected in this one")
    expect(main).to_contain_text(own)
    page.get_by_role("button", name="Link another case").click()
    page.get_by_label("Reference of the other case").fill("2345-6789")
    choose(page, "Why do they belong together?", "The same incident")
    page.get_by_role("button", name="Link the cases").click()
    expect(page.get_by_role("alert")).to_contain_text("no case with this reference")


def test_a_manager_merges_and_undoes_by_keyboard_alone(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    first = open_new_case(page, "Twicewood")
    page.goto(f"{first}/household")
    add_child(page, "Tamsin of the first")
    second = open_new_case(page, "Twicewoods")
    reference = reference_of(page)
    sign_in(page, demo_server, "manager")
    compare_with(page, first, reference)
    expect(page.get_by_role("main")).to_contain_text("Decide which case goes on")
    look_at_both_widths(page)
    page.get_by_role("link", name=f"Close the case {reference}").click()
    choose(page, "Why does the case close?", "Not eligible")
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_role("main")).to_contain_text("The case is closed")
    compare_with(page, first, reference)
    look_at_both_widths(page)
    page.get_by_role("group", name="Family name").get_by_label("Twicewoods").focus()
    page.keyboard.press("Space")
    page.get_by_role("group", name="Safe contact").get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    tab_to(page, "I have checked that this is one person")
    page.keyboard.press("Space")
    tab_to(page, "Merge the two records")
    press_enter(page, "Two records became one")
    look_at_both_widths(page)
    page.goto(f"{second}/household")
    expect(page.get_by_role("main")).to_contain_text("Tamsin of the first")
    expect(page.locator(".app-identity")).to_contain_text("Twicewoods")
    tab_to(page, "More")
    page.keyboard.press("Enter")
    tab_to(page, "Duplicates")
    press_enter(page, "People entered twice")
    look_at_both_widths(page)
    tab_to(page, "Look at it or undo it")
    press_enter(page, "Two records became one")
    tab_to(page, "Undo the merge")
    press_enter(page, "Undo the merge")
    look_at_both_widths(page)
    tab_to(page, "These are two people")
    page.keyboard.press("Space")
    tab_to(page, "Undo the merge")
    press_enter(page, "People entered twice")
    page.goto(f"{second}/household")
    expect(page.get_by_role("main")).to_contain_text("No children are recorded")


def compare_with(page: Page, case: str, reference: str) -> None:
    """By keyboard, from the page of one case to both records side by side."""
    page.goto(case)
    tab_to(page, "This person was entered twice")
    press_enter(page, "This person was entered twice")
    tab_to(page, "Reference of the other case")
    page.keyboard.type(reference)
    press_enter(page, "Are these two records one person?")


def test_every_page_says_how_to_talk_with_them_and_easy_read_is_proposed(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Plainwords")  # diagnosed: understanding what is said
    page.goto(f"{case}/flags/new/communication_need")
    choose(page, "What do they need?", "Trusted adult present")
    choose(page, "Who said so?", "The person said so")
    page.get_by_label("What helps?").fill("Let her aunt sit beside her.")
    page.get_by_role("button", name="Save the need").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Person and needs")
    for path in ("", "/household", "/plans", "/person/edit"):
        page.goto(f"{case}{path}")
        bar = page.locator(".app-identity")
        expect(bar).to_contain_text("How to talk with them:")
        expect(bar).to_contain_text("Let her aunt sit beside her.")
        expect(bar).to_contain_text("Say one thing at a time")
    page.goto(f"{case}/plans/new/youth_violence")
    asked = page.get_by_role("group", name="In which format do they read best?")
    expect(asked.get_by_label("Easy read")).to_be_checked()
    look_at_both_widths(page)
