"""Asks axe about a page, and shows what it found so that a reader can mend it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

GRAVE = {"serious", "critical"}


def assert_accessible(page: Page) -> None:
    """Fail on every violation that axe calls serious or critical, with the elements it names.

    The page has to run scripts: axe is one, and waits for ever where there are none.
    """
    violations = _look(page)
    grave = [violation for violation in violations if violation["impact"] in GRAVE]
    assert not grave, f"{page.url}\n" + "\n".join(map(_in_words, grave))


def _look(page: Page, tries: int = 3) -> list[dict[str, Any]]:
    """A click may still be on its way to another page: then that page is the one to look at."""
    page.wait_for_load_state()
    try:
        found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    except Error as moved:
        if tries == 1 or "context was destroyed" not in str(moved):
            raise
        return _look(page, tries - 1)
    return found


def _in_words(violation: dict[str, Any]) -> str:
    title = f"{violation['impact']}: {violation['help']} ({violation['id']})"
    return "\n".join([title, *(_element_in_words(node) for node in violation["nodes"])])


def _element_in_words(node: dict[str, Any]) -> str:
    return (
        f"  {' '.join(map(str, node['target']))}\n    {node['html']}\n    {node['failureSummary']}"
    )
