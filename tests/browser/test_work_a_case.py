"""An advocate's journey: open a case for a 17-year-old with SLCN, write in it, find it again."""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from caseapp.clock import today
from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import choose, fill_date, sign_in
from tests.browser.keyboard import press_access_key, tab_to
from tests.serving import Server

OpenPage = Callable[..., Page]


PHONES = count(
    1
)  # each person has their own, and nobody of the demo has it: the same one would ask
# "is it one of these?"


def open_new_case(page: Page, family_name: str) -> str:
    """Fill the one page of a new case as an advocate would; returns the address of the case."""
    page.get_by_role("link", name="New case").click()
    page.get_by_label("First name", exact=True).fill("Amara")
    page.get_by_label("Family name").fill(family_name)
    born = today() - timedelta(days=17 * 366)
    fill_date(page, "Date of birth", born.day, born.month, born.year)
    choose(page, "Sex", "Female")
    page.get_by_label("Ethnicity", exact=True).select_option("black_african")
    choose(page, "Do they live in the borough?", "Lives in the borough")
    page.get_by_label("Ward", exact=True).select_option("E05009394")
    page.get_by_label("Phone number that is safe to call").fill(f"01632 961 {next(PHONES):03}")
    page.get_by_label("More about when it is safe").fill("school days, 4 to 5pm")
    choose(page, "Is it safe to leave a voicemail?", "No")
    choose(page, "Speech, language and communication needs", "Understanding what is said")
    choose(page, "How sure are we of these needs?", "Diagnosed")
    page.get_by_label("Who referred them?").select_option("school_or_college")
    page.get_by_label("What has happened, in short?").fill("Followed home and robbed twice.")
    choose(page, "Level of risk", "High")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case overview")
    return page.url


def add_incident(page: Page) -> None:
    page.get_by_role("link", name="Add an incident").click()
    fill_date(page, "When did it happen?", 1, 10, 2025)
    page.get_by_label("What was it?").select_option("personal_robbery")
    choose(page, "Was it domestic abuse?", "No")
    page.get_by_label("Ward", exact=True).select_option("E05009394")
    page.get_by_label("What happened?").fill("Her phone was taken at the bus stop.")
    choose(page, "Was it reported to the police?", "Yes")
    page.get_by_label("Criminal-justice outcome").select_option("18")
    with page.expect_navigation():  # the script asks first whether the server is there
        page.get_by_role("button", name="Save the incident").click()


def add_note(page: Page, text: str) -> None:
    page.get_by_role("button", name="Add a note").click()
    page.get_by_label("What contact was it?").select_option("phone_spoke")
    page.get_by_label("What happened?").fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name="Save the note").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_advocate_opens_a_case_and_writes_in_it(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    family_name = f"Okonkwo-{'Script' if javascript else 'Plain'}"
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, family_name)
    add_incident(page)
    add_note(page, "She feels safer on the other bus. مرحبا 😀")

    timeline = page.get_by_role("main")
    expect(timeline).to_contain_text("Incident: Personal robbery")
    expect(timeline).to_contain_text("She feels safer on the other bus. مرحبا 😀")
    expect(page.locator(".app-identity")).to_contain_text("Do not leave a voicemail")
    expect(page.locator(".app-identity")).to_contain_text("Understanding what is said (Diagnosed)")

    page.get_by_role("link", name="Search").click()
    page.get_by_label("Name or reference").fill(family_name[:9].lower())
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=f"Amara {family_name}").click()
    expect(page).to_have_url(case)
    assert "okonkwo" not in page.url.lower()


def test_the_other_team_is_told_that_the_case_does_not_exist(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Foreignwood")
    sign_in(page, demo_server, "other-team")
    refused = page.goto(case)
    assert refused is not None
    assert refused.status == 404
    hidden = page.content()
    missing = page.goto(f"{demo_server.url}/cases/00000000-0000-4000-8000-000000000000")
    assert missing is not None
    assert missing.status == 404
    assert _without_tokens(page.content()) == _without_tokens(hidden)


def test_a_colleague_reads_and_covers_but_does_not_change(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Covered")
    sign_in(page, demo_server, "colleague")
    page.goto(case)
    add_note(page, "She rang while her advocate was away.")
    expect(page.get_by_role("main")).to_contain_text("She rang while her advocate was away.")
    expect(page.get_by_role("link", name="Add an incident")).to_have_count(0)
    refused = page.goto(f"{case}/close")
    assert refused is not None
    assert refused.status == 404


PAGES_OF_A_CASE = (
    "", "/person", "/person/edit", "/notes/new", "/incidents/new", "/flags/new/slcn",
    "/flags/new/disability", "/risk", "/close", "/referrals",
)  # fmt: skip


def test_every_page_of_a_case_is_accessible_and_fits_a_small_screen(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page(viewport={"width": 320, "height": 800})
    sign_in(page, demo_server, "advocate")
    page.goto(f"{demo_server.url}/cases")
    page.locator("main tbody a").first.click()
    case = page.url
    for path in (*(case + rest for rest in PAGES_OF_A_CASE), f"{demo_server.url}/cases/new"):
        page.goto(path)
        assert_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{path} is {width} pixels wide"


def test_a_form_that_comes_back_keeps_what_was_typed_and_says_what_to_mend(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    page.get_by_role("link", name="New case").click()
    page.get_by_label("First name", exact=True).fill("Ada")
    fill_date(page, "Date of birth", 31, 2, 2009)
    page.get_by_role("button", name="Open the case").click()
    summary = page.get_by_role("alert")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(summary).to_contain_text("Date of birth must be a real date")
    expect(page.get_by_label("First name", exact=True)).to_have_value("Ada")
    assert_accessible(page)
    fill_date(page, "Date of birth", 2, 2, 1999)
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("alert")).not_to_contain_text("real date")


def test_a_note_is_logged_with_four_keys_beside_its_words(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    open_new_case(page, "Swift")
    with page.expect_navigation():
        press_access_key(page, "n")
    expect(page.get_by_label("What contact was it?")).to_be_focused()
    for key in ("p", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Typed in a hurry.")
    with page.expect_navigation():
        press_access_key(page, "s")
    expect(page.get_by_role("heading", level=1)).to_have_text("Case overview")
    entry = page.get_by_role("listitem").filter(has_text="Typed in a hurry.")
    expect(entry).to_contain_text("Phone call: Spoke with the person")


def test_a_note_is_logged_by_keyboard_from_the_list_of_cases_on(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    page.goto(f"{demo_server.url}/cases")
    tab_to(page, page.locator("main tbody a").first.inner_text())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case overview")
    tab_to(page, "Add a note")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What contact was it?")).to_be_focused()
    page.keyboard.type("Phone")
    page.keyboard.press("Tab")
    page.keyboard.type("Typed by Tab alone.")
    tab_to(page, "Save the note")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Typed by Tab alone.")


def _without_tokens(page: str) -> str:
    return re.sub(r'value="[^"]*"', "", page)
