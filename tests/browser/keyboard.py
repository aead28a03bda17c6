"""A visitor who has no mouse: moves by Tab, and by the access keys of the page."""

from playwright.sync_api import Page

ALT = 1
FOCUSED_WORDS = (
    # On a page that has just come the body has the focus, and holds every word of it.
    "() => { const e = document.activeElement; if (!e || e === document.body) return '';"
    " return (e.labels && e.labels.length ? e.labels[0] : e).innerText || '' }"
)


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the control of these words has the focus."""
    for _ in range(400):  # a page of duplicates that other journeys left is long
        page.keyboard.press("Tab")
        if words in page.evaluate(FOCUSED_WORDS):
            return
    raise AssertionError(f"no Tab leads to {words!r}")


def press_access_key(page: Page, letter: str) -> None:
    """Alt and the letter. Playwright's own press() leaves out the letter that access keys heed."""
    key = {
        "modifiers": ALT,
        "key": letter,
        "code": f"Key{letter.upper()}",
        "windowsVirtualKeyCode": ord(letter.upper()),
        "unmodifiedText": letter,
    }
    session = page.context.new_cdp_session(page)
    for type_ in ("keyDown", "keyUp"):
        session.send("Input.dispatchKeyEvent", {"type": type_, **key})
    session.detach()
