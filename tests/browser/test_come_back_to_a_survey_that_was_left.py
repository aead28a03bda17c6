"""In a browser that keeps whole pages in memory for Back, and where the server cannot be reached in
the moment of leaving: the page is blank at once, and what Back brings shows nothing."""

from collections.abc import Iterator
from contextlib import suppress
from functools import wraps
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.chromium import WORDS, find_chromium
from tests.browser.house_of_nobody import NobodysHouse, arrive, go_on

KEPT_FOR_BACK = "--disable-back-forward-cache"  # what Playwright adds, and people's browsers do not
SHOWN = "addEventListener('pageshow', ({ persisted }) => console.debug(`kept: ${persisted}`))"

BLANK = """addEventListener("DOMContentLoaded", () => new MutationObserver(() => {
  if (!document.documentElement.checkVisibility()) console.debug("blank");
}).observe(document.documentElement, { attributes: true }))"""


@pytest.fixture(scope="module")
def browser(browser: Browser) -> Iterator[Browser]:
    """In place of the one that other tests have."""
    own = browser.browser_type.launch(
        executable_path=find_chromium(), args=WORDS, ignore_default_args=[KEPT_FOR_BACK]
    )
    yield own
    own.close()


@pytest.fixture
def heard(page: Page) -> list[str]:
    """What the pages said of themselves when they were shown."""
    words: list[str] = []
    page.on("console", lambda message: words.append(message.text))
    page.add_init_script(SHOWN)
    return words


def test_a_page_that_the_browser_kept_comes_back_as_the_server_gives_it_now(
    nobodys_house: NobodysHouse, page: Page, heard: list[str]
) -> None:
    arrive(page, nobodys_house.link())
    page.get_by_label("Agree", exact=True).check()
    page.goto(nobodys_house.elsewhere)
    page.go_back(wait_until="commit")
    expect(page.get_by_label("Agree", exact=True)).not_to_be_checked()
    assert "kept: true" in heard  # or this browser keeps none, and the test is blind


def test_whoever_leaves_without_a_network_is_not_followed_by_back(
    nobodys_house: NobodysHouse, page: Page
) -> None:
    arrive(page, nobodys_house.link())
    page.get_by_label("Agree", exact=True).check()
    go_on(page, 7)
    page.locator("details.answers summary").click()
    page.locator("dl a").first.click()
    expect(page.get_by_label("Agree", exact=True)).to_be_checked()
    page.context.set_offline(True)
    page.get_by_role("link", name="Leave this page now").click()
    expect(page).to_have_url("chrome-error://chromewebdata/")
    with suppress(Error):  # the browser has nothing of its own to show
        page.go_back(wait_until="commit")
    expect(page.locator("[name=answer], dl")).to_have_count(0)
    page.context.set_offline(False)
    page.go_back(wait_until="commit")
    expect(page).to_have_url(f"{nobodys_house.url}/s")
    page.goto(f"{nobodys_house.url}/s/end")
    expect(page).to_have_url(f"{nobodys_house.url}/s")
    arrive(page, nobodys_house.link())  # and somebody else may begin
    go_on(page, 8)
    assert len(nobodys_house.take_out()) == 1


@pytest.fixture
def slow_way_out(nobodys_house: NobodysHouse, monkeypatch: pytest.MonkeyPatch) -> Event:
    """The server answers who leaves only once this is set."""
    may_answer, views = Event(), nobodys_house.app.view_functions
    leave = views["surveys.leave"]

    @wraps(leave)  # with its mark, for the gate
    def wait_and_leave() -> Any:
        may_answer.wait(timeout=30)
        return leave()

    monkeypatch.setitem(views, "surveys.leave", wait_and_leave)
    return may_answer


@pytest.mark.parametrize("how", ["click", "shift"])
def test_the_page_is_blank_before_the_server_has_answered(
    nobodys_house: NobodysHouse, page: Page, slow_way_out: Event, how: str
) -> None:
    page.add_init_script(BLANK)
    arrive(page, nobodys_house.link())
    with page.expect_console_message(lambda message: message.text == "blank", timeout=10_000):
        if how == "click":
            page.get_by_role("link", name="Leave this page now").click(no_wait_after=True)
        else:
            for _ in range(3):
                page.keyboard.press("Shift")
    slow_way_out.set()
    expect(page).to_have_url(nobodys_house.elsewhere)
