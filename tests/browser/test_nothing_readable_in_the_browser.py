"""What is typed and not saved lies in the browser's own folder, and cannot be read there: by
nobody who takes the computer, and by nobody who signs in on it. The browser is killed as a crash
would kill it, and gives the text back to its writer alone.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from tests.attacks.byte_search import ByteSearch
from tests.browser.chromium import WORDS, find_chromium
from tests.browser.killable_house import House
from tests.browser.long_forms import give_session, wait_until_kept

CANARY = "Quillfeather-Heronsgate-canary"
PLAIN = "Plainly-written-control-canary"
TEXT = f"{CANARY} lives in مرحبا\n" * 30
WRITE_PLAINLY = """
async (text) => {
  const asked = indexedDB.open("control", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("rows");
  const database = await new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)));
  const writing = database.transaction("rows", "readwrite", { durability: "strict" });
  writing.objectStore("rows").put(text, 1);
  await new Promise((resolve) => (writing.oncomplete = resolve));
}
"""


@contextmanager
def profile(browser: Browser, folder: Path) -> Iterator[BrowserContext]:
    """A browser that keeps its folder, as an advocate's own does, killed at the end."""
    chromium: Any = browser.browser_type
    context = chromium.launch_persistent_context(
        folder, executable_path=find_chromium(), args=WORDS
    )
    yield context
    for process in psutil.process_iter(["cmdline"]):
        if f"--user-data-dir={folder}" in (process.info["cmdline"] or []):
            os.kill(process.pid, signal.SIGKILL)
    with suppress(Error):
        context.close()


def open_note(context: BrowserContext, house: House) -> Page:
    give_session(context, house.settings, house.url, house.cast.assigned_advocate)
    page = context.new_page()
    page.goto(f"{house.url}/cases/{house.cast.case_id}/notes/new")
    return page


@pytest.fixture
def left(browser: Browser, killable_house: House, tmp_path: Path) -> Path:
    """The folder of a browser that was killed while somebody typed."""
    with profile(browser, tmp_path / "profile") as context:
        page = open_note(context, killable_house)
        page.evaluate(WRITE_PLAINLY, PLAIN)
        page.get_by_label("What happened?").fill(TEXT)
        wait_until_kept(page)
        page.get_by_label("What happened?").press_sequentially(CANARY)
        wait_until_kept(page)
    return tmp_path / "profile"


def test_nothing_that_was_typed_can_be_read_on_the_disk(left: Path) -> None:
    found = ByteSearch([CANARY, PLAIN, f"{CANARY} lives in مرحبا"]).found_under(left)
    words = set().union(*found.values())
    assert PLAIN in words, "the search would find what is written plainly"
    assert words == {PLAIN}, found


def test_the_sealed_draft_is_there_and_none_of_it_tells_whose_or_of_what(
    left: Path, killable_house: House
) -> None:
    stored = [
        path.read_bytes() for path in left.rglob("*") if path.is_file() and path.stat().st_size
    ]
    sealed = [content for content in stored if "caseapp drafts ".encode("utf-16-be") in content]
    assert sealed
    cast = killable_house.cast
    telling = [str(cast.case_id), str(cast.assigned_advocate.user_id), "Add a note", "office_spoke"]
    drafts = [p for p in left.rglob("*") if p.is_file() and "indexeddb" in str(p).lower()]
    search = ByteSearch(telling)
    assert {str(p): search.found_in(p.read_bytes()) for p in drafts} == {
        str(p): set() for p in drafts
    }


def test_a_browser_that_was_killed_gives_the_text_back_to_its_writer(
    left: Path, browser: Browser, killable_house: House
) -> None:
    with profile(browser, left) as context:
        page = open_note(context, killable_house)
        page.get_by_role("button", name="Put it back").click()
        expect(page.get_by_label("What happened?")).to_have_value(TEXT + CANARY)
