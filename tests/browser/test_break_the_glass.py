"""The journey of an emergency: another team's case, one hour, and the manager's review."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house_of_files import House
from tests.browser.keyboard import tab_to
from tests.browser.widths import look_at_both_widths
from tests.cast import PASSWORD
from tests.visits import code_now, give_second_factor

OpenPage = Callable[..., Page]
WORDS = "Her mother rang: he is at the door, and nobody of her team answers."
NOTE = "She is at her aunt's. The police have been told, and will ring at nine."


def fill_in(page: Page, reference: str, code: str, words: str = WORDS) -> None:
    page.get_by_label("Case reference").fill(reference)
    page.get_by_role("radio").first.check()
    page.get_by_label("What has happened?").fill(words)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_label("Code").fill(code)


def test_an_hour_in_an_emergency_and_its_review(
    loopback_house: House,
    page: Page,
) -> None:
    give_second_factor(loopback_house.app, loopback_house.cast.other_team)
    loopback_house.enter(page, "other_team")
    page.goto(f"{loopback_house.url}/emergency")
    look_at_both_widths(page, "files asked")
    fill_in(page, loopback_house.reference(), code_now(), words="x")
    page.get_by_role("button", name="Open the case for one hour").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in 15 letters or more")
    look_at_both_widths(page, "files refused")
    fill_in(page, loopback_house.reference(), code_now())
    page.get_by_role("button", name="Open the case for one hour").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case overview")
    expect(page.get_by_role("region", name="Emergency access")).to_contain_text("until")
    look_at_both_widths(page, "files let in")
    page.goto(f"{loopback_house.url}/cases/{loopback_house.cast.case_id}/notes/new")
    expect(page.get_by_role("region", name="Emergency access")).to_contain_text("until")
    page.get_by_label("What contact was it?").select_option("phone_spoke")
    page.get_by_label("What happened?").fill(NOTE)

    loopback_house.let_the_hour_pass()
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("has ended")
    look_at_both_widths(page, "files over")
    page.get_by_role("link", name="See what you typed").click()
    expect(page.get_by_role("main")).to_contain_text("She is at her aunt's")

    loopback_house.enter(page, "manager")
    page.goto(f"{loopback_house.url}/cases")
    page.get_by_role("link", name="Review it").click()
    look_at_both_widths(page, "files list")
    page.get_by_role("link", name=loopback_house.reference()).click()
    expect(page.get_by_role("main")).to_contain_text(WORDS)
    look_at_both_widths(page, "files review")
    page.get_by_role("group", name="Was it right").get_by_label("Justified", exact=True).check()
    page.get_by_label("Why?", exact=True).fill("I rang the mother myself.")
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_role("main")).to_contain_text("Justified")
    expect(page.get_by_role("link", name="Review it")).to_have_count(0)


def test_it_is_done_by_keyboard_alone(loopback_house: House, page: Page) -> None:
    give_second_factor(loopback_house.app, loopback_house.cast.other_team)
    loopback_house.enter(page, "other_team")
    page.goto(f"{loopback_house.url}/emergency")
    for question, answer in (
        ("Case reference", loopback_house.reference()),
        ("danger now", " "),
        ("What has happened?", WORDS),
        ("Your password", PASSWORD),
        ("Code", code_now()),
    ):
        tab_to(page, question)
        page.keyboard.press("Space") if answer == " " else page.keyboard.type(answer)
    tab_to(page, "Open the case for one hour")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case overview")
    tab_to(page, "End my emergency access")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Your emergency access has ended")


@pytest.mark.parametrize("javascript", [False])
def test_it_is_given_back_without_script(
    loopback_house: House,
    open_page: OpenPage,
    javascript: bool,
) -> None:
    page = open_page(javascript=javascript)
    give_second_factor(loopback_house.app, loopback_house.cast.other_team)
    loopback_house.enter(page, "other_team")
    page.goto(f"{loopback_house.url}/emergency")
    fill_in(page, loopback_house.reference(), code_now())
    page.get_by_role("button", name="Open the case for one hour").click()
    page.get_by_role("button", name="End my emergency access").click()
    expect(page.get_by_role("main")).to_contain_text("Your emergency access has ended")
