"""Journeys of whoever answers: from a link or a typed code to the end, with and without a script,
by keyboard alone, and with mistakes on the way."""

import re

import pytest
from playwright.sync_api import Page, expect

from caseapp.database import transaction
from caseapp.surveys.waiting import Waiting
from tests.browser.house_of_nobody import (
    NEUTRAL,
    NobodysHouse,
    OpenPage,
    arrive,
    go_on,
    press,
    switch,
)
from tests.browser.keyboard import tab_to
from tests.browser.widths import NARROW, look_at_both_widths
from tests.filled_questionnaires import keep_questionnaires

SAID = "She listened. I was not alone any more."
POINTS = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree",
          "I don’t want to answer")  # fmt: skip


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def assert_all_of_it(waiting: Waiting) -> None:
    assert dict(waiting.answers) == {
        "feels_safer": "strongly_agree", "knows_help": "agree", "listened_to": "neither",
        "understood": "disagree", "could_use": "strongly_disagree", "copes": "rather_not_say",
    }  # fmt: skip
    assert waiting.said == (("what_helped", "en", SAID),)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_link_leads_through_every_question_to_the_thanks(
    nobodys_house: NobodysHouse, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(javascript=javascript, viewport=NARROW)
    arrive(page, nobodys_house.link())
    for number, point in enumerate(POINTS, 1):
        expect(page.get_by_text(f"Question {number} of 7")).to_be_visible()
        page.get_by_label(point, exact=True).check()
        press(page, "Next")
    page.get_by_label("What helped you most?").fill(SAID)
    press(page, "Next")
    expect(page).to_have_title(NEUTRAL)
    page.get_by_text("Look at my answers").click()
    shown = page.locator("dl")
    for words in ("I feel safer than before.", *POINTS, SAID):
        expect(shown).to_contain_text(words)
    look_at_both_widths(page, "survey-end", has_script=javascript)
    press(page, "Send my answers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    look_at_both_widths(page, "survey-thanks", has_script=javascript)
    [sent] = nobodys_house.take_out()
    assert_all_of_it(sent)


def typings(code: str) -> list[str]:
    """What people make of a code on paper."""
    bare = code.replace("-", "")
    return [bare.lower(), code.replace("-", " "), f"  {code.replace('0', 'o').replace('1', 'l')} "]


@pytest.mark.parametrize("how", range(3))
def test_a_code_is_typed_as_people_type(nobodys_house: NobodysHouse, page: Page, how: int) -> None:
    page.goto(f"{nobodys_house.url}/s")
    page.get_by_label("Type the code").fill(typings(nobodys_house.code())[how])
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{nobodys_house.url}/s/start")
    go_on(page)
    expect(page.get_by_text("Question 1 of 7")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_code_with_a_slip_is_pointed_out_and_still_there(
    nobodys_house: NobodysHouse, open_page: OpenPage, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    page.goto(f"{nobodys_house.url}/s")
    page.get_by_label("Type the code").fill("K7FM-12")
    press(page, "Go on")
    expect(page).to_have_title(f"Please look at this again: {NEUTRAL}")
    expect(page.get_by_role("alert")).to_be_focused()
    box = page.get_by_role("textbox", name="Type the code that you were given")
    expect(box).to_have_value("K7FM-12")
    expect(box).to_have_accessible_description(re.compile("Look at the code again: it has 16"))
    assert box.get_attribute("aria-invalid") == "true"
    look_at_both_widths(page, "survey-slip", has_script=javascript)
    page.get_by_role("alert").get_by_role("link").click()
    expect(box).to_be_focused()
    box.fill(nobodys_house.code())
    press(page, "Go on")
    expect(page).to_have_url(f"{nobodys_house.url}/s/start")


@pytest.mark.parametrize("javascript", [True, False])
def test_words_that_are_too_many_are_pointed_out_and_none_is_lost(
    nobodys_house: NobodysHouse, open_page: OpenPage, javascript: bool
) -> None:
    page, words = open_page(javascript=javascript), "we talked at length " * 26
    arrive(page, nobodys_house.link())
    go_on(page, 6)
    box = page.get_by_role("textbox", name="What helped you most?")
    box.fill(words)
    press(page, "Next")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page).to_have_title(f"Please look at this again: {NEUTRAL}")
    expect(box).to_have_value(words)
    expect(box).to_have_accessible_description(re.compile("Please use 500 letters or fewer"))
    look_at_both_widths(page, "survey-too-long", has_script=javascript)
    switch(page, language="es")
    expect(page.locator("textarea")).to_have_value(words)
    page.locator("textarea").fill(words[:500])
    go_on(page, 2)
    [sent] = nobodys_house.take_out()
    assert sent.said == (("what_helped", "es", words[:500].strip()),)


def test_back_after_too_many_words_does_not_ask_to_send_them_again(
    nobodys_house: NobodysHouse, page: Page
) -> None:
    arrive(page, nobodys_house.link())
    go_on(page, 6)
    page.get_by_role("textbox").fill("we talked at length " * 26)
    go_on(page)
    page.get_by_role("textbox").fill(SAID)
    go_on(page)
    page.go_back()
    expect(page).to_have_url(f"{nobodys_house.url}/s/questions/7")
    expect(page.get_by_role("textbox")).to_have_value(SAID)


def test_an_answer_is_changed_on_the_way_back_and_at_the_end(
    nobodys_house: NobodysHouse, page: Page
) -> None:
    arrive(page, nobodys_house.link())
    page.get_by_label("Agree", exact=True).check()
    press(page, "Next")
    page.get_by_label("Disagree", exact=True).check()
    press(page, "Back")
    expect(page.get_by_label("Agree", exact=True)).to_be_checked()
    press(page, "Back")
    expect(page).to_have_url(f"{nobodys_house.url}/s/start")
    press(page, "Start")
    expect(page.get_by_label("Agree", exact=True)).to_be_checked()
    go_on(page, 7)
    page.get_by_text("Look at my answers").click()
    assert "Not answered" in page.locator("dl").inner_text()
    page.get_by_role("link", name="Change I know where to get help if I need it again.").click()
    expect(page.get_by_label("Disagree", exact=True)).to_be_checked()
    switch(page, easy="yes")
    page.get_by_label("Yes", exact=True).check()
    press(page, "Next")
    expect(page).to_have_url(f"{nobodys_house.url}/s/end")
    go_on(page)
    [sent] = nobodys_house.take_out()
    assert dict(sent.answers) == {"feels_safer": "agree", "knows_help": "agree"}


def test_a_question_that_hangs_on_an_answer_comes_with_it_alone(
    nobodys_house: NobodysHouse, page: Page
) -> None:
    with nobodys_house.app.app_context(), transaction():
        keep_questionnaires(nobodys_house.cast)
    arrive(page, nobodys_house.link("welcome", stage="intake"))
    page.get_by_label("Disagree", exact=True).check()
    press(page, "Next")
    page.get_by_label("What was missing?").fill("A lift.")
    press(page, "Back")
    page.get_by_label("Agree", exact=True).check()
    press(page, "Next")
    expect(page).to_have_url(f"{nobodys_house.url}/s/end")
    assert "A lift." not in page.content()
    go_on(page)
    [sent] = nobodys_house.take_out()
    assert (sent.answers, sent.said) == ((("felt_welcome", "agree"),), ())


def enter(page: Page) -> None:
    """On what has the focus, and leads to another page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_survey_is_answered_by_keyboard_alone(nobodys_house: NobodysHouse, page: Page) -> None:
    page.goto(nobodys_house.link("community"))
    tab_to(page, "Start")
    enter(page)
    tab_to(page, "Strongly agree")
    page.keyboard.press("ArrowDown")
    enter(page)  # goes on, though other buttons stand before
    expect(page.get_by_text("Question 2 of 3")).to_be_visible()
    tab_to(page, "Strongly agree")
    page.keyboard.press("Space")
    tab_to(page, "Next")
    enter(page)
    tab_to(page, "What would make it easier")
    page.keyboard.type("Open late.")
    tab_to(page, "Next")
    enter(page)
    tab_to(page, "Look at my answers")
    page.keyboard.press("Enter")
    expect(page.locator("dl")).to_contain_text("Open late.")
    tab_to(page, "Send my answers")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    [sent] = nobodys_house.take_out()
    assert dict(sent.answers) == {"knows_help": "agree", "could_use": "strongly_agree"}


def test_a_screen_reader_hears_the_question_and_each_answer_with_it(
    nobodys_house: NobodysHouse, page: Page
) -> None:
    arrive(page, nobodys_house.link())
    for easy, question, first in (
        ("no", "I feel safer than before.", "Strongly agree"),
        ("yes", "I feel safer now.", "Yes, a lot"),
    ):
        if easy == "yes":
            switch(page, easy=easy)
        expect(page.get_by_role("main")).to_match_aria_snapshot(
            f"""
            - paragraph: Question 1 of 7
            - group "{question}":
              - heading "{question}" [level=1]
              - radio "{first}"
            """
        )
        assert page.get_by_role("group", name=question).get_by_role("radio").count() == 6
        assert page.get_by_role("main").get_by_role("img").count() == 0  # the words say it
    go_on(page, 6)
    box = page.get_by_role("textbox", name="What helped you most?")
    expect(box).to_have_accessible_description("You do not have to answer. Please write no names.")
