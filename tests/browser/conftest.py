"""One browser a session, a fresh profile a page, and a complaint heard from any page fails."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import WORDS, find_chromium
from tests.browser.watch import Watch

expect.set_options(timeout=20_000)  # a busy machine is slow, and nothing else is wrong with it


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium; without one the browser tests are skipped here, but fail in CI."""
    chromium = find_chromium()
    if chromium is None:
        missing = "no Chromium here: install it, or name it in the variable CHROMIUM"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=WORDS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return `open_page(javascript=True, **context)`, which opens a page with its own cookies.

    After the test, every complaint that any of the pages made fails it.
    """
    contexts, watches = [], []

    def open_one(*, javascript: bool = True, **options: Any) -> Page:
        context = browser.new_context(
            java_script_enabled=javascript,
            locale="en-GB",
            timezone_id="Europe/London",
            reduced_motion="reduce",
            **options,
        )
        page = context.new_page()
        contexts.append(context)
        watches.append(Watch(page))
        return page

    yield open_one
    for context in contexts:
        context.close()
    complaints = [complaint for watch in watches for complaint in watch.complaints]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page as most visitors see it."""
    return open_page()


@pytest.fixture
def page_without_javascript(open_page: Callable[..., Page]) -> Page:
    """A page in a browser that runs no script."""
    return open_page(javascript=False)
