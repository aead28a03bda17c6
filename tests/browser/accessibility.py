"""Asks axe about a page, and shows what it found so that a reader can mend it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = {"serious", "critical"}


def assert_accessible(page: Page) -> None:
    """Fail on every violation that axe calls serious or critical, with the elements it names.

    The page has to run scripts: axe is one, and waits for ever where there are none.
    """
    page.wait_for_load_state()  # a click may still be on its way here
    violations = Axe().run(page).response["violations"]
    grave = [violation for violation in violations if violation["impact"] in GRAVE]
    assert not grave, f"{page.url}\n" + "\n".join(map(_in_words, grave))


def _in_words(violation: dict[str, Any]) -> str:
    title = f"{violation['impact']}: {violation['help']} ({violation['id']})"
    return "\n".join([title, *(_element_in_words(node) for node in violation["nodes"])])


def _element_in_words(node: dict[str, Any]) -> str:
    return (
        f"  {' '.join(map(str, node['target']))}\n    {node['html']}\n    {node['failureSummary']}"
    )
