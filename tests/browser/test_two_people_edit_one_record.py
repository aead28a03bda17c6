"""Two people edit one person at once; whoever is second chooses, with no script needed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.killable_house import House
from tests.browser.long_forms import give_session

OpenPage = Callable[..., Page]


class Editors:
    """The advocate, who is quicker, and the manager, on the same page."""

    def __init__(self, open_page: OpenPage, house: House, javascript: bool) -> None:
        self.url = f"{house.url}/cases/{house.cast.case_id}/person/edit"
        self.quick, self.slow = (open_page(javascript=javascript) for _ in range(2))
        cast = house.cast
        for page, actor in ((self.quick, cast.assigned_advocate), (self.slow, cast.manager)):
            give_session(page.context, house.settings, house.url, actor)
            page.goto(self.url)

    def save(self, page: Page, **answers: str) -> None:
        for question, text in answers.items():
            box = page.get_by_label(question.replace("_", " "), exact=True)
            if not box.is_visible():  # what is not answered yet is folded away
                page.locator("details", has=box).locator("summary").click()
            box.fill(text)
        with page.expect_navigation():  # the script asks first whether the server is there
            page.get_by_role("main").locator("form button[type=submit]").last.click()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_second_one_chooses_by_keyboard_and_nothing_is_lost(
    open_page: OpenPage, killable_house: House, javascript: bool
) -> None:
    editors = Editors(open_page, killable_house, javascript)
    page = editors.slow
    stored = "12 Quick Street" if javascript else "14 Quick Street"
    editors.save(editors.quick, Address=stored, GP=f"Dr {stored}")
    editors.save(page, Address="7 Slow Lane", First_name="Zalika Rose")

    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
    differs = page.get_by_role("region", name="What differs")
    expect(differs).to_contain_text(stored)
    expect(differs).to_contain_text("7 Slow Lane")
    expect(differs).not_to_contain_text("Zalika Rose")
    expect(page.get_by_role("region", name="Changed by the other one alone")).to_contain_text(
        f"Dr {stored}"
    )
    expect(page.get_by_label("GP", exact=True)).to_have_value(f"Dr {stored}")
    if javascript:
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    editors.save(page)
    expect(page.get_by_role("alert")).to_contain_text("Choose which of the two answers to keep")
    if javascript:
        page.get_by_role("link", name="Choose which of the two answers to keep").click()
        expect(page.get_by_label("What you typed")).to_be_focused()
        page.keyboard.press("ArrowRight")
    else:
        page.get_by_label("What is stored now").check()
    editors.save(page)
    page.goto(editors.url)
    for question, text in (
        ("Address", stored),
        ("GP", f"Dr {stored}"),
        ("First name", "Zalika Rose"),
    ):
        expect(page.get_by_label(question, exact=True)).to_have_value(text)
