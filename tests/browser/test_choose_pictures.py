"""The journey of a plan's pictures: long sentences are pointed out, and each idea gets its own."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import sign_in
from tests.browser.pictures import take_picture
from tests.browser.test_work_a_case import open_new_case
from tests.browser.test_write_a_safety_plan import answer_the_rest, fill_section
from tests.serving import Server
from tests.unit.documents.test_easy_read import EXAMPLES

OpenPage = Callable[..., Page]
LONG = "I go out by the back door and I walk to the shop on the corner of my road."
WORDS = f"I call my aunt. {LONG}"
COUNT = "1 sentence is over 15 words"


def plan_with_ideas(page: Page, server: Server, name: str) -> None:
    sign_in(page, server, "advocate")
    open_new_case(page, name)
    page.get_by_role("link", name="Safety plans").click()
    page.get_by_role("button", name="Write a plan: Violence affecting under-25s").click()
    fill_section(page, "Home", WORDS, "Ich rufe an.")
    fill_section(page, "My safe people", "أتصل بخالتي 0808 2000 247 ليلاً.")
    answer_the_rest(page, "Yes")


def idea(page: Page, words: str) -> Locator:
    return page.locator("[data-picture-choice]").filter(has_text=words)


def tab_to(page: Page, target: Locator) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("Tab does not lead there")


def assert_fits(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0


def test_a_picture_is_found_by_a_word_and_chosen_with_the_keyboard_alone(
    page: Page, demo_server: Server
) -> None:
    plan_with_ideas(page, demo_server, "Picker-Keys")
    page.get_by_role("link", name="Words and pictures").click()
    row = idea(page, "I call my aunt.")
    expect(row).to_contain_text("Phone call")
    tab_to(page, row.get_by_role("button", name="Change the picture"))
    page.keyboard.press("Enter")
    library = page.get_by_role("dialog", name="Choose a picture")
    expect(library).to_contain_text("I call my aunt.")
    page.keyboard.type("grandma")
    expect(library.get_by_role("status")).to_have_text("1 picture. Chosen: Grandparents")
    page.keyboard.press("Escape")
    expect(row).to_contain_text("Phone call")  # nothing was chosen

    page.keyboard.press("Enter")  # the button has the focus again
    page.keyboard.type("pho")
    expect(library.get_by_role("status")).to_contain_text("3 pictures. Chosen: Phone call")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(library.get_by_label("Mobile phone")).to_be_checked()
    page.keyboard.press("Enter")
    expect(library).to_be_hidden()
    expect(row).to_contain_text("Mobile phone")
    expect(row.locator("img")).to_have_attribute("src", re.compile(r"/pictures/mobile\.svg"))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_picture_is_chosen_and_stands_in_the_next_version(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    plan_with_ideas(page, demo_server, f"Picker-{'Script' if javascript else 'Plain'}")
    page.get_by_role("link", name="Words and pictures").click()
    row = idea(page, "I call my aunt.")
    if javascript:
        row.get_by_role("button", name="Change the picture").click()
        page.get_by_label("Search by word").fill("keys")
        page.get_by_role("button", name="Use this picture").click()
    else:
        row.get_by_label("Picture").select_option("Key")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the pictures").click()
    expect(page.get_by_role("alert")).to_contain_text("Version 2 of the plan is saved")
    page.get_by_role("link", name="Words and pictures").click()
    expect(idea(page, "I call my aunt.").get_by_role("figure")).to_contain_text("Key")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_long_sentence_is_pointed_out_after_the_save_and_leads_to_its_box(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    plan_with_ideas(page, demo_server, f"Counter-{'Script' if javascript else 'Plain'}")
    expect(page.get_by_role("main")).to_contain_text("of more than 15 words")
    page.get_by_role("link", name="Words and pictures").click()
    row = idea(page, LONG)
    expect(row).to_contain_text("19 words: try two sentences")
    row.get_by_role("link", name="Change these words").click()
    box = page.get_by_role("group", name="Home", exact=True).get_by_label("In their own words")
    assert page.url.endswith(f"#{box.get_attribute('id')}")
    expect(box).to_be_in_viewport()


def test_a_long_sentence_is_counted_while_it_is_typed(page: Page, demo_server: Server) -> None:
    plan_with_ideas(page, demo_server, "Counter-Live")
    page.get_by_role("button", name="Change the plan").click()
    section = page.get_by_role("group", name="Home", exact=True)
    box = section.get_by_label("In their own words")
    expect(section).to_contain_text(COUNT)  # of what is stored already
    box.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("I go out by the back door. I walk to the shop.")
    expect(section).not_to_contain_text(COUNT)
    page.keyboard.type(f" {LONG}")
    expect(section).to_contain_text(COUNT)
    assert section.get_by_text(COUNT).get_attribute("aria-live") == "polite"
    page.get_by_label("I will …").first.fill(LONG)
    expect(page.get_by_role("group", name="Step 1")).to_contain_text(COUNT)
    take_picture(page, "count-in-the-form")
    assert_accessible(page)


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (320, 700)])
def test_the_page_and_the_library_are_accessible_and_fit(
    page: Page, demo_server: Server, width: int, height: int
) -> None:
    plan_with_ideas(page, demo_server, f"Picker-{width}")
    page.get_by_role("link", name="Words and pictures").click()
    page.set_viewport_size({"width": width, "height": height})
    take_picture(page, f"words-and-pictures-{width}")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Change the picture").first.click()
    assert_accessible(page)
    assert_fits(page)
    take_picture(page, f"library-{width}")
    page.get_by_label("Search by word").fill("zzzz")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("No picture found")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()  # there is nothing to use
    take_picture(page, f"library-nothing-{width}")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_page_divides_and_counts_as_the_paper_does(page: Page, demo_server: Server) -> None:
    page.goto(f"{demo_server.url}/sign-in")
    divide = "text => import('/static/easy_read.js').then(({ ideasOf }) => ideasOf(text))"
    assert {text: tuple(page.evaluate(divide, text)) for text in EXAMPLES} == EXAMPLES
    count = "text => import('/static/easy_read.js').then(({ wordsIn }) => wordsIn(text))"
    assert page.evaluate(count, "Ring 0808 2000 247 – now & fast !") == 4
    assert page.evaluate("import('/static/easy_read.js').then(({ LONGEST }) => LONGEST)") == 15
