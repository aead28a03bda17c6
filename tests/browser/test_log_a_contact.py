"""An advocate between two visits: a contact logged from anywhere, by a handful of keys."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import sign_in
from tests.browser.key_count import KeyCount
from tests.browser.keyboard import press_access_key
from tests.browser.test_work_a_case import open_new_case
from tests.serving import Server

OpenPage = Callable[..., Page]
MOST_KEYS = 8
TEXT = "She feels safer on the other bus."


def go_quick(page: Page) -> None:
    with page.expect_navigation():
        press_access_key(page, "q")
    expect(page.get_by_label("Whose case is it?")).to_be_focused()


def choose_case(page: Page, letters: str, name: str) -> None:
    page.keyboard.type(letters)
    first = page.get_by_role("option").first
    expect(first).to_contain_text(name)
    expect(first).to_have_attribute("aria-selected", "true")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_label("What contact was it?")).to_be_focused()


def test_a_contact_is_logged_from_anywhere_with_at_most_eight_keys(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Vixenbrook")
    page.goto(f"{demo_server.url}/account")  # anywhere: a page that has nothing to do with cases
    counted = KeyCount(page)
    page.reload()
    go_quick(page)
    choose_case(page, "vix", "Amara Vixenbrook")
    for key in ("p", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type(TEXT)
    with page.expect_navigation():
        press_access_key(page, "s")
    expect(page).to_have_url(case)
    entry = page.get_by_role("listitem").filter(has_text=TEXT)
    expect(entry).to_contain_text("Phone call: Spoke with the person")
    assert counted.text == TEXT
    assert counted.keys == ["q", "v", "i", "x", "Enter", "p", "Tab", "s"]
    assert len(counted.keys) <= MOST_KEYS


def test_no_address_on_the_way_holds_a_name(open_page: OpenPage, demo_server: Server) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    open_new_case(page, "Marigoldsen")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    go_quick(page)
    choose_case(page, "marigoldsen", "Amara Marigoldsen")
    assert len(asked) > 2
    assert [url for url in asked if "marigold" in url.lower()] == []
    assert "marigold" not in page.title().lower()


def test_the_list_of_suggestions_is_walked_and_left_by_keyboard(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    for name in ("Twinfield-One", "Twinfield-Two"):
        open_new_case(page, name)
    go_quick(page)
    box = page.get_by_role("combobox", name="Whose case is it?")
    page.keyboard.type("twinf")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(page.get_by_role("status")).to_contain_text("2 found")
    assert_accessible(page)
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")
    page.keyboard.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Backspace")
    expect(options).to_have_count(2)
    options.nth(1).click()
    expect(page.locator(".app-identity")).to_contain_text("Twinfield-")


@pytest.mark.parametrize("javascript", [True, False])
def test_enter_before_anything_was_suggested_shows_a_list_and_chooses_nobody(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    """The name of another person may begin with the same letters: nobody is chosen unseen."""
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    family_name = f"Hazelmere-{'Script' if javascript else 'Plain'}"
    case = open_new_case(page, family_name)
    page.get_by_role("link", name="Quick note").click()
    page.get_by_label("Whose case is it?").fill("")
    page.get_by_label("Whose case is it?").press_sequentially(family_name.lower())
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("link", name=f"Add a note for Amara {family_name}").click()
    expect(page.locator(".app-identity")).to_contain_text(f"Amara {family_name}")
    page.get_by_label("What contact was it?").select_option("phone_no_answer")
    page.get_by_label("What happened?").fill("Rang twice.")
    page.get_by_label("What happens next?").fill("Ring on Friday")
    page.get_by_role("button", name="Save the note").click()
    expect(page).to_have_url(case)
    expect(page.get_by_role("region", name="To do next")).to_contain_text("Ring on Friday")


def test_what_is_half_typed_stays_when_the_key_is_pressed(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    with page.expect_navigation():  # until its scripts are there to notice what is typed
        page.get_by_role("link", name="New case").click()
    page.get_by_label("First name", exact=True).fill("Half a na")
    with page.context.expect_page() as beside:
        press_access_key(page, "q")
    expect(beside.value.get_by_label("Whose case is it?")).to_be_focused()
    expect(page.get_by_label("First name", exact=True)).to_have_value("Half a na")


def test_the_pages_of_a_note_and_a_task_fit_a_small_screen(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page(viewport={"width": 320, "height": 800})
    sign_in(page, demo_server, "advocate")
    page.goto(f"{demo_server.url}/cases")
    page.locator("main table tbody a").first.click()
    case = page.url
    for path in (
        "/notes/new",
        *(case + rest for rest in ("/notes/new", "/tasks", "/tasks/new", "/contact")),
    ):
        page.goto(path if path.startswith("http") else demo_server.url + path)
        assert_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{path} is {width} pixels wide"
