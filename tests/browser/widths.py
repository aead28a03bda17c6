"""A page on a wide screen and on a narrow one."""

from playwright.sync_api import Page, ViewportSize

from tests.browser.accessibility import assert_accessible
from tests.browser.pictures import take_picture

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 800}


def look_at_both_widths(page: Page, picture: str = "", *, has_script: bool = True) -> None:
    """Nothing grave for axe, nothing wider than the screen; both are asked with a script. Leaves
    the page wide."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        if picture:
            take_picture(page, f"{picture}_{size['width']}")
        if has_script:
            assert_accessible(page)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], f"{page.url} is {width} pixels wide"
