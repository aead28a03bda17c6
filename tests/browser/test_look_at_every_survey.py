"""Every language, questionnaire and form on an old phone: accessible, small, nothing out of sight.

`PICTURES=folder pytest tests/browser/test_look_at_every_survey.py` keeps the contact sheets there,
for somebody to look at: a row for each questionnaire.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, ViewportSize

from caseapp.languages import LANGUAGES
from caseapp.questionnaires.asked import OPEN, Questionnaire
from caseapp.questionnaires.standard import standard_questionnaires
from tests.browser.accessibility import assert_accessible
from tests.browser.house_of_nobody import NobodysHouse, OpenPage, go_on

OLD_PHONE: ViewportSize = {"width": 320, "height": 568}
ZOOMED: ViewportSize = {"width": 320, "height": 256}  # 1280 by 1024 at 400%
MOST_BYTES = 50_000
GAP, GROUND = 12, "#8a9499"
LOADED = """() => [...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource")].map((each) => [each.name, each.encodedBodySize])"""
COVERED = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.id === "leave"
    && document.activeElement.id !== "leave";
}"""
WORDS = "Mi hermana me escuchó. لم أكن وحدي. Ma ahayn keli."


class Looker:
    """Looks at one page after the other, and keeps a picture of each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rows: list[list[Image.Image]] = []
        self.seen: set[str] = set()
        self.heaviest = 0

    def begin_row(self) -> None:
        self.rows.append([])

    def look(self) -> None:
        self.page.wait_for_load_state()
        self.page.evaluate("scrollTo(0, 0)")  # the way out goes along
        picture = self.page.screenshot(full_page=True)
        self.rows[-1].append(Image.open(io.BytesIO(picture)))
        sizes = dict(self.page.evaluate(LOADED))
        assert len(sizes) >= 3, sizes  # the page, its style and its script
        self.heaviest = max(self.heaviest, sum(sizes.values()))
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= OLD_PHONE["width"], f"{self.page.url} is {wide} pixels wide"
        words = self.page.locator("main").inner_text()
        if words not in self.seen:  # questions that two questionnaires share
            self.seen.add(words)
            assert_accessible(self.page)

    def sheet(self) -> Image.Image:
        wide = max(sum(each.width + GAP for each in row) for row in self.rows)
        heights = [max(each.height for each in row) + GAP for row in self.rows]
        joined = Image.new("RGB", (wide, sum(heights)), GROUND)
        for number, row in enumerate(self.rows):
            for place, each in enumerate(row):
                joined.paste(each, (place * (OLD_PHONE["width"] + GAP), sum(heights[:number])))
        return joined


def walk(page: Page, house: NobodysHouse, asked: Questionnaire, how: str) -> Iterator[None]:
    """Each page of a questionnaire, answered on the way."""
    page.goto(f"{house.link(asked.code)}?{how}")
    yield
    for number, question in enumerate(asked.questions):
        go_on(page)
        if question.kind == OPEN:
            page.get_by_role("textbox").fill(WORDS)
        else:
            page.get_by_role("radio").nth(number % 6).check()
        yield
    go_on(page)
    page.locator("details.answers summary").click()
    yield
    go_on(page)
    yield


@pytest.mark.parametrize("easy", ["no", "yes"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_accessible_small_and_as_wide_as_an_old_phone(
    nobodys_house: NobodysHouse, open_page: OpenPage, tmp_path: Path, language: str, easy: str
) -> None:
    page = open_page(viewport=OLD_PHONE)
    looker = Looker(page)
    for asked in standard_questionnaires():
        looker.begin_row()
        for _ in walk(page, nobodys_house, asked, f"language={language}&easy={easy}"):
            looker.look()
        nobodys_house.take_out()
    path = Path(os.environ.get("PICTURES", tmp_path)) / f"surveys_{language}_{easy}.png"
    looker.sheet().save(path)
    assert looker.heaviest <= MOST_BYTES
    print(f"heaviest page: {looker.heaviest} bytes; {path}")


@pytest.mark.parametrize("language", ["fa", "so"])  # the longest words for the way out, and of all
def test_at_four_times_the_size_all_fits_and_nothing_covers_what_has_the_focus(
    nobodys_house: NobodysHouse, open_page: OpenPage, language: str
) -> None:
    page = open_page(viewport=ZOOMED)
    asked = standard_questionnaires()[-1]
    for _ in walk(page, nobodys_house, asked, f"language={language}&easy=yes"):
        assert page.evaluate("document.documentElement.scrollWidth") <= ZOOMED["width"]
        for key in ("Tab", "Shift+Tab"):
            for _ in range(page.locator("a, button:visible, input, textarea, summary").count()):
                page.keyboard.press(key)
                assert not page.evaluate(COVERED), page.evaluate("document.activeElement.outerHTML")
    nobodys_house.take_out()
