"""The guards of the browser tests: each of them must be able to fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import assert_accessible
from tests.browser.watch import Watch

PAGE = '<!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1>{}</main></html>'


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: the test's own output matters."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of one icon, which browsers ask for by themselves."""
    (tmp_path / "favicon.ico").touch()
    return tmp_path


@pytest.fixture
def address(folder: Path) -> Iterator[str]:
    """Serve the folder on loopback."""
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def bare_page(browser: Browser) -> Iterator[Page]:
    """A page whose complaints fail nothing by themselves."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def complaints_about(bare_page: Page, folder: Path, address: str) -> Callable[[str], list[str]]:
    """Return a function that shows some content and gives what was complained of."""

    def show(content: str) -> list[str]:
        (folder / "page.html").write_text(PAGE.format(content), encoding="utf-8")
        watch = Watch(bare_page)
        bare_page.goto(f"{address}/page.html", wait_until="networkidle")
        return watch.complaints

    return show


def test_a_script_error_is_heard(complaints_about: Callable[[str], list[str]]) -> None:
    assert complaints_about("<script>throw new Error('broken')</script>") == [
        "script error: broken"
    ]


def test_a_missing_file_of_the_page_is_heard(
    complaints_about: Callable[[str], list[str]],
) -> None:
    [complaint] = complaints_about('<img alt="" src="/absent.png">')
    assert "404" in complaint
    assert "/absent.png" in complaint


def test_blocked_content_is_heard(complaints_about: Callable[[str], list[str]]) -> None:
    policy = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
    [complaint] = complaints_about(policy + "<script>1</script>")
    assert "Content Security Policy" in complaint


def test_a_call_to_another_host_is_heard(complaints_about: Callable[[str], list[str]]) -> None:
    complaints = complaints_about('<img alt="" src="http://elsewhere.invalid/pixel.png">')
    assert "request to another host: http://elsewhere.invalid/pixel.png" in complaints


def test_a_page_that_answers_404_on_purpose_is_no_complaint(bare_page: Page, address: str) -> None:
    watch = Watch(bare_page)
    answer = bare_page.goto(f"{address}/absent", wait_until="networkidle")
    assert answer is not None
    assert answer.status == 404
    assert watch.complaints == []


def test_axe_names_the_element_that_shuts_people_out(page: Page) -> None:
    page.set_content(PAGE.format('<input id="nameless">'))
    with pytest.raises(AssertionError, match="#nameless"):
        assert_accessible(page)


def test_axe_passes_an_accessible_page(page: Page) -> None:
    page.set_content(PAGE.format('<label for="name">Name</label><input id="name">'))
    assert_accessible(page)


def test_a_page_without_javascript_runs_none(
    page_without_javascript: Page, folder: Path, address: str
) -> None:
    content = "<p>still here</p><script>document.body.remove()</script>"
    (folder / "page.html").write_text(PAGE.format(content), encoding="utf-8")
    page_without_javascript.goto(f"{address}/page.html")
    assert page_without_javascript.get_by_text("still here").is_visible()


def test_two_pages_do_not_share_cookies(open_page: Callable[..., Page], address: str) -> None:
    first, second = open_page(), open_page()
    first.goto(address)
    first.evaluate("document.cookie = 'who=first'")
    second.goto(address)
    assert second.evaluate("document.cookie") == ""
