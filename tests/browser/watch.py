"""Watches a page for what no visitor sees: script errors, blocked content, calls to other hosts."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

HERE = {"127.0.0.1", "localhost", "::1"}


class Watch:
    """Collects the complaints of one page while a test drives it."""

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        self._refused_pages: set[str] = set()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium calls a page that answers 404 an error; the tests visit such pages on purpose.
        # And beside a PDF, which names no icon, it asks for one that no page of ours knows.
        where = message.location["url"]
        known = where in self._refused_pages or urlsplit(where).path == "/favicon.ico"
        if message.type == "error" and not known:
            self.complaints.append(f"console: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in HERE:
            self.complaints.append(f"request to another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.request.is_navigation_request():
            self._refused_pages.add(response.url)
