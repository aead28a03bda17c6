"""Counts what a visitor's hands really do: trusted events that the browser itself reports."""

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
addEventListener("pointerdown", (event) => { if (event.isTrusted) noteClick(); }, true);
"""


class KeyCount:
    """Every key and click of one page, from the next load of it and over all its addresses."""

    def __init__(self, page: Page) -> None:
        self.keys: list[str] = []
        self.text = ""
        self.clicks = 0
        page.expose_binding("notePress", self._note)
        page.expose_binding("noteClick", self._note_click)
        page.add_init_script(LISTEN)

    def _note(self, _source: Any, key: str, is_text: bool) -> None:
        if is_text:
            self.text += key
        else:
            self.keys.append(key)

    def _note_click(self, _source: Any) -> None:
        self.clicks += 1
