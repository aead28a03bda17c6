"""The language and the form are switched on each page, back and forth, and nothing is lost."""

import pytest
from playwright.sync_api import Page, expect

from caseapp.languages import LANGUAGES, catalogue
from tests.browser.house_of_nobody import NobodysHouse, OpenPage, go_on, switch

TYPED = "K7FM-12"
SAID = "Mi hermana me escuchó. أختي سمعتني."


def assert_in(page: Page, language: str, easy: str) -> None:
    html = page.locator("html")
    expect(html).to_have_attribute("lang", language)
    expect(html).to_have_attribute("dir", LANGUAGES[language].direction)
    assert (html.get_attribute("class") == "easy") == (easy == "yes")
    assert page.title() == catalogue(language).phrase("A few questions")
    assert page.locator("main").evaluate("main => getComputedStyle(main).direction") == (
        LANGUAGES[language].direction
    )


def switch_about(page: Page, language: str) -> None:
    """To the language, to easy read and on in the language: each leaves the other as it is. Ends in
    English and everyday words."""
    switch(page, language=language)
    assert_in(page, language, "no")
    switch(page, easy="yes")
    assert_in(page, language, "yes")
    switch(page, language="en")
    assert_in(page, "en", "yes")
    switch(page, easy="no")
    assert_in(page, "en", "no")


@pytest.mark.parametrize(
    ("language", "javascript"),
    [*((code, True) for code in LANGUAGES if code != "en"), ("ar", False)],
)
def test_the_language_and_the_form_are_switched_on_each_page_and_nothing_is_lost(
    nobodys_house: NobodysHouse, open_page: OpenPage, language: str, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    page.goto(f"{nobodys_house.url}/s")
    page.get_by_label("Type the code").fill(TYPED)
    switch_about(page, language)
    assert page.get_by_label("Type the code").input_value() == TYPED
    assert page.get_by_role("alert").count() == 0  # nobody has said that this is the code
    page.get_by_label("Type the code").fill(nobodys_house.code("review"))
    go_on(page)
    switch_about(page, language)  # at the start
    go_on(page)
    page.get_by_label("Disagree", exact=True).check()
    switch_about(page, language)  # at a question
    expect(page.get_by_label("Disagree", exact=True)).to_be_checked()
    go_on(page, 6)
    page.get_by_role("textbox").fill(SAID)
    switch_about(page, language)  # at the open question
    expect(page.get_by_role("textbox")).to_have_value(SAID)
    go_on(page)
    switch_about(page, language)  # at the end
    go_on(page)
    switch_about(page, language)  # at the thanks
    [sent] = nobodys_house.take_out()
    assert sent.answers == (("feels_safer", "disagree"),)
    assert [text for _, _, text in sent.said] == [SAID]


def test_a_link_opens_in_the_language_of_the_phone(
    nobodys_house: NobodysHouse, open_page: OpenPage
) -> None:
    page, farsi = open_page(), {"accept-language": "fa-IR,fa;q=0.9,en;q=0.5"}
    page.route("**", lambda route: route.continue_(headers={**route.request.headers, **farsi}))
    page.goto(nobodys_house.link())
    assert_in(page, "fa", "no")
    go_on(page)
    assert_in(page, "fa", "no")


def test_a_language_that_nobody_has_checked_yet_is_still_whole(
    nobodys_house: NobodysHouse, page: Page
) -> None:
    """No page falls back to English words in the middle."""
    page.goto(f"{nobodys_house.link('review')}?language=so")
    english = {"Next", "Back", "Start", "Language", "Agree", "Send my answers", "Thank you"}
    for _ in range(10):
        words = set(page.locator("body").inner_text().splitlines())
        assert not words & english, page.url
        if page.locator("main button.main").count():
            go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mahadsanid")
    nobodys_house.take_out()
