"""The hands of a worker who knows the tool: keys where a key will do, a click where it is nearer.

Nothing here writes into a page but by the keyboard and the mouse, so that all of it is counted.
"""

from playwright.sync_api import Page, expect

from tests.browser.key_count import KeyCount
from tests.browser.keyboard import press_access_key

IS_FOCUSED = "element => element === document.activeElement"


class Hands:
    """Two hands on one page; `counted` has what they did."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.counted = KeyCount(page)
        page.reload()  # from here on each load of a page is listened to

    def key(self, letter: str) -> None:
        """Alt and the letter, which leads to another page."""
        with self.page.expect_navigation():
            press_access_key(self.page, letter)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Into what has the focus."""
        self.page.keyboard.type(text)

    def follow(self, words: str) -> None:
        """A link or a button that leads to another page."""
        link = self.page.get_by_role("link", name=words)
        with self.page.expect_navigation():
            link.or_(self.page.get_by_role("button", name=words)).first.click()

    def enter(self) -> None:
        """Send the form from one of its boxes."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def answer(self, question: str, text: str, tabs: int = 0) -> None:
        """Into a box or a list: the one that Tab leads to, else by a click on its question."""
        control = self.page.get_by_label(question, exact=True)
        for _ in range(tabs):
            self.page.keyboard.press("Tab")
        if not control.evaluate(IS_FOCUSED):
            assert not tabs, f"Tab does not lead to {question!r}"
            self.page.locator("label", has_text=question).first.click()
        expect(control).to_be_focused()
        self.page.keyboard.type(text)

    def date(self, question: str, day: str, month: str, year: str) -> None:
        group = self.page.get_by_role("group", name=question)
        group.get_by_label("Day").click()
        for n, part in enumerate((day, month, year)):
            self.press(*["Tab"] * (n > 0))
            self.page.keyboard.type(part)

    def tick(self, question: str, answer: str) -> None:
        """One of a few answers, unless it is chosen already."""
        group = self.page.get_by_role("group", name=question)
        choice = group.get_by_label(answer, exact=True)
        if not choice.is_checked():
            choice.click()

    def save(self) -> None:
        """By its key, wherever the focus is."""
        self.key("s")
