"""Counts the keys that a visitor really presses: trusted events that the browser itself reports."""

from typing import Any

from playwright.sync_api import Page

# A chord such as Alt+Q is one press: the modifiers that are held for it are not counted by
# themselves. Letters typed into a long answer are the text itself, and counted apart.
LISTEN = """
addEventListener("keydown", (event) => {
  if (!event.isTrusted || ["Alt", "Control", "Shift", "Meta"].includes(event.key)) return;
  const isText = event.target.tagName === "TEXTAREA" && event.key.length === 1 && !event.altKey;
  notePress(event.key, isText);
}, true);
"""


class KeyCount:
    """Every key of one page, from the moment it is made and over all its addresses."""

    def __init__(self, page: Page) -> None:
        self.keys: list[str] = []
        self.text = ""
        page.expose_binding("notePress", self._note)
        page.add_init_script(LISTEN)

    def _note(self, _source: Any, key: str, is_text: bool) -> None:
        if is_text:
            self.text += key
        else:
            self.keys.append(key)
