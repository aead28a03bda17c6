"""Asking for somebody's voice and handing the survey over: a link, a code, cards, the device."""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo_home import choose, sign_in
from tests.browser.keyboard import press_access_key, tab_to
from tests.browser.test_work_a_case import open_new_case
from tests.browser.widths import look_at_both_widths
from tests.serving import Server
from tests.unit.giving.codes import CODE

OpenPage = Callable[..., Page]
ASK, MAKE, HAND_OVER = "Ask for their voice", "Make the code", "Sign me out and hand it over"


def main_of(page: Page) -> str:
    return page.get_by_role("main").inner_text()


def offer(page: Page, case: str) -> None:
    """From the page of the case to the page that gives surveys."""
    page.goto(case)
    page.get_by_role("link", name=ASK).click()
    choose(page, "Is it safe to ask them now?", "Yes")
    choose(page, "What did they say?", "They were offered a survey, and may answer it")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("you offered a survey")
    page.get_by_role("button", name="Hand a survey over").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Give a survey")


def choose_facts(page: Page) -> None:
    choose(page, "The survey", "At the end")
    choose(page, "The service it is about", "Youth violence advocacy")
    choose(page, "What it is about", "Violence affecting under-25s")


def make_code(page: Page) -> tuple[str, str]:
    """The code, and the link that the page shows."""
    choose_facts(page)
    page.get_by_role("button", name=MAKE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hand the survey over")
    found = CODE.search(main_of(page))
    assert found
    return found[0], page.get_by_label("Send it only in a way").input_value()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_advocate_offers_a_survey_in_a_case_and_the_link_opens_elsewhere(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, f"Voice-{'Script' if javascript else 'Plain'}")
    page.get_by_role("link", name=ASK).click()
    look_at_both_widths(page, "ask-for-a-voice", has_script=javascript)
    offer(page, case)
    assert case.rpartition("/")[2] not in page.content()
    look_at_both_widths(page, "give-a-survey", has_script=javascript)
    code, link = make_code(page)
    assert link == f"{demo_server.url}/s/{code}"
    look_at_both_widths(page, "hand-a-survey-over", has_script=javascript)
    page.goto(case)
    expect(page.get_by_role("main")).to_contain_text("Asked for their voice: offered")
    assert code not in page.content()

    phone = open_page(javascript=javascript)
    phone.goto(link)
    expect(phone).to_have_title(re.compile("A few questions"))
    assert "caseapp" not in phone.content()


def test_whoever_declined_is_noted_and_not_asked_again(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Voice-Declined")
    page.get_by_role("link", name=ASK).click()
    choose(page, "Is it safe to ask them now?", "No")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Do not ask them now")
    look_at_both_widths(page)
    choose(page, "Is it safe to ask them now?", "Yes")
    choose(page, "What did they say?", "They declined")
    choose(page, "May we ask them again later?", "No")
    press_access_key(page, "s")
    expect(page.get_by_role("main")).to_contain_text("declined; do not ask again")
    page.get_by_role("link", name=ASK).click()
    expect(page.get_by_role("main")).to_contain_text("They asked not to be asked again")
    assert page.url.startswith(case)


def test_neither_back_nor_reload_shows_a_code_again(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    page.goto(f"{demo_server.url}/give")
    code, _ = make_code(page)
    assert code not in page.url
    page.reload()  # the browser sends the form again
    expect(page.get_by_role("alert")).to_contain_text("is shown once, and never again")
    assert not CODE.search(page.content())
    page.go_back()
    assert not CODE.search(page.content())


def test_a_survey_is_handed_over_by_keyboard_alone(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "manager")
    page.goto(f"{demo_server.url}/give")
    for answer in ("At the start", "Youth violence advocacy", "Violence affecting under-25s"):
        tab_to(page, answer)
        page.keyboard.press("Space")
    press_access_key(page, "s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hand the survey over")
    tab_to(page, HAND_OVER)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{demo_server.url}/s/start")
    page.goto(f"{demo_server.url}/today")
    expect(page).to_have_url(f"{demo_server.url}/sign-in")


@pytest.mark.parametrize("javascript", [True, False])
def test_cards_are_printed_each_with_a_code_of_its_own(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "analyst")
    page.goto(f"{demo_server.url}/give")
    page.get_by_role("link", name="print cards").click()
    look_at_both_widths(page, "print-cards", has_script=javascript)
    page.get_by_label("Number of cards").fill("201")
    choose_facts(page)
    page.get_by_role("button", name="Print the cards").click()
    expect(page.get_by_role("alert")).to_contain_text("must be from 1 to 200")
    page.get_by_label("Number of cards").fill("9")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Print the cards").click()
    assert downloading.value.suggested_filename == "cards.pdf"
    pdf = downloading.value.path().read_bytes()
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as document:
        words = "\n".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    assert len(set(CODE.findall(words))) == 9
