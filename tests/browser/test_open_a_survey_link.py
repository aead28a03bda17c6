"""Links that were used, shared, guessed, too old, or looked at by a machine before anybody came."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house_of_nobody import NobodysHouse, OpenPage, arrive, go_on
from tests.browser.widths import look_at_both_widths

USED = "This code does not open anything"


def opened(page: Page, link: str) -> str:
    """What the page says that Start leads to."""
    page.goto(link)
    go_on(page)
    return page.get_by_role("heading", level=1).inner_text()


def test_a_link_that_was_used_is_refused_kindly_and_says_nothing_of_the_answers(
    nobodys_house: NobodysHouse, open_page: OpenPage
) -> None:
    link, first, second = nobodys_house.link(), open_page(), open_page()
    arrive(second, link)  # two people have the same link open at once
    arrive(first, link)
    first.get_by_label("Agree", exact=True).check()
    go_on(first, 8)
    expect(first.get_by_role("heading", level=1)).to_have_text("Thank you")
    go_on(second, 8)
    expect(second.get_by_role("heading", level=1)).to_have_text(USED)
    assert opened(first, link) == USED
    assert len(nobodys_house.take_out()) == 1


def test_a_link_that_is_too_old_says_so(nobodys_house: NobodysHouse, page: Page) -> None:
    assert opened(page, nobodys_house.link(until=date(2026, 1, 1))) == "This code is too old"
    look_at_both_widths(page, "survey-too-old")


def test_a_link_to_questions_that_are_gone_says_so(nobodys_house: NobodysHouse, page: Page) -> None:
    words = opened(page, nobodys_house.link("exit", 99))
    assert words == "These questions are no longer asked"
    look_at_both_widths(page, "survey-retired")


@pytest.mark.parametrize("language", ["so", "ar"])
def test_a_guessed_link_is_refused_in_the_language_and_the_form_that_were_chosen(
    nobodys_house: NobodysHouse, page: Page, language: str
) -> None:
    nobodys_house.forget_who_guessed()
    page.goto(f"{nobodys_house.url}/s/0000-0000-0000-0000?language={language}&easy=yes")
    go_on(page)
    expect(page).to_have_url(f"{nobodys_house.url}/s/closed/used?language={language}&easy=yes")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("html")).to_have_class("easy")
    look_at_both_widths(page, f"survey-guessed-{language}")


def test_whoever_guesses_again_and_again_has_to_wait_and_a_right_code_still_works(
    nobodys_house: NobodysHouse, page: Page
) -> None:
    nobodys_house.forget_who_guessed()
    link, guess = nobodys_house.link(), f"{nobodys_house.url}/s/0000-0000-0000-0000"
    send = "async ([url, n]) => { while (n--) await fetch(url, { method: 'POST' }) }"
    page.goto(link)
    page.evaluate(send, [guess, 20])
    assert opened(page, guess) == "Please wait a minute"
    assert opened(page, link) == "I feel safer than before."
    nobodys_house.forget_who_guessed()


def test_a_preview_of_a_link_neither_uses_it_up_nor_tells_what_it_is(
    nobodys_house: NobodysHouse, open_page: OpenPage
) -> None:
    link, machine = nobodys_house.link(), open_page(javascript=False)
    for _ in range(20):
        shown = machine.request.get(link).text()
        assert machine.request.head(link).ok
    for word in ("caseapp", "survey", "victim", "support", "og:", "description"):
        assert word not in shown.replace("/static/survey.", "").casefold()
    assert machine.context.cookies() == []
    page = open_page()
    arrive(page, link)
    go_on(page, 8)
    assert len(nobodys_house.take_out()) == 1


def test_an_address_that_is_nothing_is_answered_kindly(
    nobodys_house: NobodysHouse, page: Page
) -> None:
    page.goto(f"{nobodys_house.url}/s/no/such/page")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    look_at_both_widths(page, "survey-nothing")
    page.get_by_role("link", name="Type a code").click()
    expect(page.get_by_label("Type the code")).to_be_visible()


def test_a_visit_that_the_browser_has_forgotten_is_over_and_nothing_is_sent(
    nobodys_house: NobodysHouse, page: Page
) -> None:
    arrive(page, nobodys_house.link())
    page.get_by_label("Agree", exact=True).check()
    page.context.clear_cookies()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("The questions are closed here")
    look_at_both_widths(page, "survey-lost")
    assert nobodys_house.take_out() == []
