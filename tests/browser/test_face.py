"""The gallery of components and questions, as a visitor meets it."""

from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from caseapp.web import navigation
from tests.browser.accessibility import assert_accessible
from tests.browser.gallery.app import create_gallery, register_links

PAGES = (
    "/components?done=1", "/every_question", "/note", "/sign_in", "/nothing", "/failing",
)  # fmt: skip
NARROW = {"width": 320, "height": 800}
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """Serve the gallery on loopback: its address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(navigation, "_navigation", {})
        patch.setattr(navigation, "_footer", {})
        register_links()
        server = make_server("127.0.0.1", 0, create_gallery(), threaded=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


def fits(page: Page) -> bool:
    """No part of the page is out of sight to the side."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible_on_a_wide_and_on_a_narrow_screen(
    open_page: OpenPage, gallery: str, path: str
) -> None:
    for size in ({"width": 1280, "height": 900}, NARROW):
        page = open_page(viewport=size)
        page.goto(gallery + path)
        assert_accessible(page)
        assert fits(page), f"{path} is wider than {size['width']} pixels"


def test_the_pages_of_a_refused_form_and_of_a_conflict_are_accessible(
    open_page: OpenPage, gallery: str
) -> None:
    page = open_page(viewport=NARROW)
    page.goto(f"{gallery}/every_question")
    page.get_by_role("button", name="Save and continue").click()
    expect(page).to_have_title("Error: Every question – caseapp")
    assert_accessible(page)
    assert fits(page)
    page.goto(f"{gallery}/changed")
    page.get_by_label("What happened").fill("Mine")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("region", name="What differs")).to_contain_text("Mine")
    assert_accessible(page)


def test_a_refused_form_puts_the_reader_on_its_summary_and_each_line_leads_to_its_box(
    page: Page, gallery: str
) -> None:
    page.goto(f"{gallery}/every_question")
    page.get_by_label("Day").fill("5")
    page.get_by_label("Year").fill("2009")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Date of birth must include a month").press("Enter")
    expect(page.get_by_label("Month")).to_be_focused()
    page.get_by_role("link", name="Choose the ethnic group").press("Enter")
    expect(page.locator("#ethnicity")).to_be_focused()


def test_a_note_is_logged_by_keyboard_alone_with_few_presses(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/note")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("She is safe.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The note is saved.")


def test_what_has_the_focus_can_be_seen(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/components")
    looks = "e => { const s = getComputedStyle(e); return s.backgroundColor + s.boxShadow; }"
    for selector in (".app-header__name", ".app-link-button", ".app-parts__link"):
        found = page.locator(selector).first
        before = found.evaluate(looks)
        found.focus()
        page.keyboard.press("Shift")  # the keyboard is in use
        assert found.evaluate(looks) != before, selector


def test_a_question_that_belongs_to_one_answer_shows_with_it(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/every_question")
    language = page.get_by_label("Which language?")
    expect(language).to_be_hidden()
    page.get_by_label("Yes").check()
    expect(language).to_be_visible()
    page.get_by_label("No", exact=True).check()
    expect(language).to_be_hidden()


def test_without_a_script_a_form_is_filled_refused_and_saved(
    page_without_javascript: Page, gallery: str
) -> None:
    page = page_without_javascript
    page.goto(f"{gallery}/note")
    page.get_by_label("What happened").fill("x" * 501)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("You typed 501")
    page.get_by_label("What happened").fill("She is safe.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("The note is saved.")


def test_without_a_script_every_link_of_the_menu_is_there_on_a_narrow_screen(
    open_page: OpenPage, gallery: str
) -> None:
    page = open_page(javascript=False, viewport=NARROW)
    page.goto(f"{gallery}/components")
    expect(page.get_by_role("link", name="Open a new case")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_pasted_book_is_refused_with_a_message_and_never_empties_the_box(
    open_page: OpenPage, gallery: str, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    page.goto(f"{gallery}/note")
    page.get_by_label("What happened").fill("漢" * 120_000)  # 9 bytes each, as they are sent
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("too much text" if javascript else "fewer")
    assert len(page.get_by_label("What happened").input_value()) >= 100_000


def test_a_form_that_came_too_late_is_saved_by_one_more_press(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/note")
    page.get_by_label("What happened").fill("She told me that she is safe at her aunt’s.")
    page.evaluate("document.querySelector('main [name=csrf_token]').value = 'old'")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This page was open for too long")
    expect(page.get_by_label("Text")).to_have_value("She told me that she is safe at her aunt’s.")
    assert_accessible(page)
    page.get_by_role("button", name="Try to save again").click()
    expect(page.get_by_role("alert")).to_contain_text("The note is saved.")


def test_a_table_wider_than_the_screen_scrolls_from_the_keyboard(
    open_page: OpenPage, gallery: str
) -> None:
    page = open_page(viewport=NARROW)
    page.goto(f"{gallery}/components")
    box = page.get_by_role("region", name="My cases")
    box.focus()
    page.keyboard.press("ArrowRight")
    expect(box).not_to_have_js_property("scrollLeft", 0)


def test_the_typeface_is_ours_and_nothing_of_govuk_identity_is_shown(
    page: Page, gallery: str
) -> None:
    page.goto(f"{gallery}/components")
    page.evaluate("document.fonts.ready")
    families = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert {name.strip('"') for name in families} == {"Atkinson Hyperlegible"}
    assert "GOV.UK" not in page.content()
    assert page.locator("[class*=crown], [class*=logotype]").count() == 0


def test_on_paper_only_the_record_is_left(page: Page, gallery: str) -> None:
    page.goto(f"{gallery}/components")
    page.emulate_media(media="print")
    expect(page.locator(".app-identity").first).to_be_visible()
    for selector in (".app-header", ".app-parts", ".govuk-button", ".govuk-breadcrumbs"):
        expect(page.locator(selector).first).to_be_hidden()
