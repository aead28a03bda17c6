"""Leaving at each step, and sending: afterwards no way of the browser shows an answer again."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.house_of_nobody import (
    NEUTRAL,
    WEATHER,
    NobodysHouse,
    OpenPage,
    arrive,
    go_on,
)

SECRET = "He waits outside my school"
TITLES = {
    "",
    NEUTRAL,
    WEATHER,
    f"Please look at this again: {NEUTRAL}",
    "127.0.0.1",
}  # what Chromium asks
STORED = """async () => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage),
  caches: await caches.keys(), databases: await indexedDB.databases(), cookies: document.cookie,
})"""
ANSWERS = """() => [...document.querySelectorAll("input, textarea, dl, fieldset")]
  .filter((each) => each.type !== "hidden")
  .filter((each) => !each.matches("#code") || each.value).map((each) => each.outerHTML)"""
NOTHING = {"local": [], "session": [], "caches": [], "databases": [], "cookies": ""}

Leaving = Callable[[Page], None]


def at_the_entry(page: Page, house: NobodysHouse) -> None:
    page.goto(f"{house.url}/s")
    page.get_by_label("Type the code").fill(house.code())


def at_the_start(page: Page, house: NobodysHouse) -> None:
    at_the_entry(page, house)
    go_on(page)


def at_the_first_question(page: Page, house: NobodysHouse) -> None:
    arrive(page, house.link())
    page.get_by_label("Agree", exact=True).check()


def at_another_question(page: Page, house: NobodysHouse) -> None:
    at_the_first_question(page, house)
    go_on(page, 2)
    page.get_by_label("Strongly disagree", exact=True).check()


def at_the_open_question(page: Page, house: NobodysHouse) -> None:
    at_another_question(page, house)
    go_on(page, 4)
    page.get_by_role("textbox").fill(SECRET)


def at_the_open_question_again(page: Page, house: NobodysHouse) -> None:
    at_the_open_question(page, house)
    page.get_by_role("textbox").fill(f"{SECRET}. " * 20)
    go_on(page)
    expect(page.get_by_role("alert")).to_be_visible()


def at_the_end(page: Page, house: NobodysHouse) -> None:
    at_the_open_question(page, house)
    go_on(page)
    page.locator("details.answers summary").click()
    expect(page.get_by_text(SECRET)).to_be_visible()


def at_a_change(page: Page, house: NobodysHouse) -> None:
    """Its page and the one before it were shown with the same cookie: Back may keep both."""
    at_the_end(page, house)
    page.get_by_role("link", name="Change What helped you most?").click()
    expect(page.get_by_role("textbox")).to_have_value(SECRET)


STEPS = (
    at_the_entry, at_the_start, at_the_first_question, at_another_question, at_the_open_question,
    at_the_open_question_again, at_the_end, at_a_change,
)  # fmt: skip


def by_the_button(page: Page) -> None:
    page.get_by_role("link", name="Leave this page now").click()


def by_three_shifts(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Shift")


by_the_link = by_the_button  # which it is where no script runs
WAYS = ((True, by_the_button), (True, by_three_shifts), (False, by_the_link))


def assert_nothing_shown(page: Page) -> None:
    """Nor a question: only where anybody may type a code, the page of a link, or another site."""
    page.wait_for_load_state()
    assert page.title() in TITLES
    assert SECRET not in page.content()
    assert page.evaluate(ANSWERS) == [], page.url


def history(page: Page) -> list[dict[str, Any]]:
    session = page.context.new_cdp_session(page)
    entries: list[dict[str, Any]] = session.send("Page.getNavigationHistory")["entries"]
    session.detach()
    return entries


def walk_the_history(page: Page) -> None:
    """Back to the first page, and forward again. Where Chromium asks whether to send a form again,
    somebody says yes."""
    for way in (*["go_back"] * len(history(page)), "go_forward", "go_forward"):
        try:
            getattr(page, way)()
        except Error:
            with suppress(Error):
                page.reload()
        assert_nothing_shown(page)


def assert_nothing_is_left(page: Page, house: NobodysHouse, visited: list[dict[str, Any]]) -> None:
    """`visited`: the history as it was before."""
    assert page.context.cookies() == []
    for entry in [*visited, *history(page)]:
        assert entry["title"] in TITLES
        assert SECRET not in str(entry)
    walk_the_history(page)
    for address in (visited[-1]["url"], f"{house.url}/s/questions/1", f"{house.url}/s/end"):
        page.goto(address)
        assert_nothing_shown(page)
    assert page.evaluate(STORED) == NOTHING
    assert page.context.cookies() == []


@pytest.mark.parametrize(("javascript", "leave"), WAYS)
@pytest.mark.parametrize("step", STEPS)
def test_whoever_leaves_is_elsewhere_and_nobody_sees_an_answer_again(
    nobodys_house: NobodysHouse,
    open_page: OpenPage,
    step: Callable[[Page, NobodysHouse], None],
    javascript: bool,
    leave: Leaving,
) -> None:
    page = open_page(javascript=javascript)
    step(page, nobodys_house)
    visited = history(page)
    leave(page)
    expect(page).to_have_url(nobodys_house.elsewhere)
    if javascript:  # then the last page is gone from the history itself
        assert visited[-1]["id"] not in {entry["id"] for entry in history(page)}
    assert_nothing_is_left(page, nobodys_house, visited)
    assert nobodys_house.take_out() == []


@pytest.mark.parametrize("javascript", [True, False])
def test_nobody_sees_an_answer_again_after_it_was_sent(
    nobodys_house: NobodysHouse, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    at_the_end(page, nobodys_house)
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert_nothing_is_left(page, nobodys_house, history(page))
    assert len(nobodys_house.take_out()) == 1
