"""Sharing and referring: without agreement, so that a senior decides; out, in, and handed over."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from caseapp.clock import today
from tests.browser.demo_home import choose, fill_date, sign_in
from tests.browser.keyboard import press_access_key, tab_to
from tests.browser.pictures import take_picture
from tests.browser.test_close_a_case import ask_to_close
from tests.browser.test_work_a_case import open_new_case
from tests.browser.widths import look_at_both_widths
from tests.serving import Server

OpenPage = Callable[..., Page]


def share_without_agreement(page: Page, case: str) -> None:
    page.goto(f"{case}/sharing")
    page.get_by_role("button", name="Record a sharing").click()
    page.get_by_label("With whom?").fill("MASH, duty social worker")
    page.get_by_label("What did you share?").fill("That he waits at her door")
    page.get_by_label("For what purpose?").fill("To keep her brother safe")
    choose(page, "Did they agree to this sharing?", "They said no")
    choose(page, "On what basis do you share this?", "Public task, safeguarding")
    page.get_by_label("If they did not agree, why do you share it?").fill("A child is at risk")
    page.get_by_label("Why is it necessary").fill("The address alone")
    choose(page, "Do they know about this sharing?", "No")
    page.get_by_label("Why are they not told?").fill("He reads her messages")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_sharing_without_agreement_goes_to_a_senior_who_decides(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, f"Shared-{'Script' if javascript else 'Plain'}")
    share_without_agreement(page, case)
    if javascript:
        look_at_both_widths(page)
        press_access_key(page, "s")
    else:
        page.get_by_role("button", name="Save the sharing").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("A senior has to decide")
    expect(main).to_contain_text("keeps their support")
    expect(main.get_by_role("link", name="Decide whether this was right")).to_have_count(0)

    sign_in(page, demo_server, "manager")
    page.goto(f"{case}/sharing")
    page.get_by_role("link", name="Decide whether this was right").click()
    if javascript:
        look_at_both_widths(page)
    choose(page, "Was it right to share this?", "Yes, I agree with the decision")
    page.get_by_label("Why, and what has to be done now?").fill("Tell her on Friday, with Mo")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_role("main")).to_contain_text("A senior agreed")
    expect(page.get_by_role("main")).to_contain_text("Tell her on Friday, with Mo")
    if javascript:
        look_at_both_widths(page)


def test_a_case_does_not_close_before_a_senior_has_decided(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Undecided")
    share_without_agreement(page, case)
    press_access_key(page, "s")
    expect(page.get_by_role("main")).to_contain_text("A senior has to decide")
    ask_to_close(page, case)
    page.get_by_role("button", name="Ask to close the case").click()
    expect(page.get_by_role("main")).to_contain_text("Your manager is asked to agree")
    sign_in(page, demo_server, "manager")
    page.goto(f"{case}/close/request")
    choose(page, "Should the case close?", "Yes")
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot close before this is done")
    look_at_both_widths(page)
    take_picture(page, "undecided-closure")


def test_a_decision_is_made_by_keyboard_alone(open_page: OpenPage, demo_server: Server) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Keyboarded")
    share_without_agreement(page, case)
    press_access_key(page, "s")
    expect(page.get_by_role("main")).to_contain_text("A senior has to decide")
    sign_in(page, demo_server, "manager")
    page.goto(f"{case}/sharing")
    tab_to(page, "Decide whether this was right")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Was it right")
    tab_to(page, "Yes, I agree")
    page.keyboard.press("ArrowDown")
    tab_to(page, "Why, and what has to be done now?")
    page.keyboard.type("She was not asked, and could have been")
    press_access_key(page, "s")
    expect(page.get_by_role("main")).to_contain_text("A senior disagreed")


def test_a_referral_out_is_written_into_the_log_and_chased(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, "Referred-Out")
    page.goto(f"{case}/referrals/new")
    look_at_both_widths(page)
    take_picture(page, "make-a-referral")
    page.get_by_label("What kind of help?").select_option("mash")
    page.get_by_label("Agency", exact=True).fill("Borough MASH")
    page.get_by_label("What do they need").fill("A strategy discussion")
    choose(page, "Did they agree to this referral?", "They agreed")
    choose(page, "On what basis do you share this?", "Public task, safeguarding")
    choose(page, "Do they know about this sharing?", "Yes")
    page.get_by_role("button", name="Save the referral").click()
    expect(page.get_by_role("main")).to_contain_text("Ask them again on")
    page.get_by_role("button", name="I asked them again today").click()
    expect(page.get_by_role("main")).to_contain_text("asked them again")
    look_at_both_widths(page)
    page.goto(f"{case}/sharing")
    expect(page.get_by_role("main")).to_contain_text("Borough MASH")
    expect(page.get_by_role("main")).to_contain_text("A strategy discussion")


def write_down_who_was_referred(page: Page, family_name: str) -> None:
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Referrals to us").click()
    page.get_by_role("button", name="Record a referral to us").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("referral to us")
    page.get_by_label("Who referred them?").select_option("school_or_college")
    page.get_by_label("Name and agency of the referrer").fill("Ms Ojo, Kensington Academy")
    page.get_by_label("What do they need").fill("Followed home and robbed twice.")
    choose(page, "Did the person agree to be referred to us?", "They agreed")
    page.get_by_label("First name", exact=True).fill("Tariro")
    page.get_by_label("Family name").fill(family_name)
    born = today().replace(year=today().year - 17, day=1)
    fill_date(page, "Date of birth", born.day, born.month, born.year)
    page.get_by_label("What should staff know before they make contact?").fill(
        "Her brother answers"
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_a_referral_to_us_becomes_a_case_and_nothing_is_typed_twice(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    family_name = f"Moyo-{'Script' if javascript else 'Plain'}"
    sign_in(page, demo_server, "advocate")
    write_down_who_was_referred(page, family_name)
    if javascript:
        look_at_both_widths(page)
    page.get_by_role("button", name="Save the referral").click()
    person = page.get_by_role("link", name=f"Tariro {family_name}")
    expect(person).to_be_visible()
    if javascript:
        look_at_both_widths(page)
    person.click()
    accept = page.get_by_role("button", name="Accept and open a case")
    expect(accept).to_be_visible()
    if javascript:
        look_at_both_widths(page)
    accept.click()
    expect(page.get_by_label("Family name")).to_have_value(family_name)
    expect(page.get_by_label("What has happened, in short?")).to_have_value(
        "Followed home and robbed twice."
    )
    assert family_name.lower() not in page.url.lower()
    choose(page, "Level of risk", "High")
    page.get_by_role("button", name="Open the case").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case overview")
    expect(page.get_by_role("main")).to_contain_text("Referred to us by Ms Ojo")


def test_a_referral_to_us_is_declined_with_a_reason(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    write_down_who_was_referred(page, "Declinedson")
    press_access_key(page, "s")
    page.get_by_role("link", name="Tariro Declinedson").click()
    choose(page, "What do you decide?", "We decline")
    choose(page, "Why is it declined?", "No capacity")
    page.get_by_label("Where else did you point them to?").fill("Brent youth service")
    page.get_by_role("button", name="Save the decision").click()
    page.get_by_role("link", name="Declined", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Tariro Declinedson")
    look_at_both_widths(page)


def ask_the_other_team(page: Page, family_name: str) -> str:
    """Open a case in the team for domestic abuse, and ask the youth team; returns its address."""
    case = open_new_case(page, family_name)
    page.get_by_role("link", name="Transfer to another team").click()
    look_at_both_widths(page)
    page.get_by_label("Which team?").select_option("Youth Violence Reduction Service")
    page.get_by_label("Why should they take it over?").fill("It is the robberies that go on")
    page.get_by_label("Hand-over note").fill("Promised a call on Friday")
    choose(page, "Did they agree to work with the other team?", "They agreed")
    choose(page, "Do they know about the transfer?", "Yes")
    press_access_key(page, "s")
    expect(page.get_by_role("main")).to_contain_text("The other team is asked")
    return case


def test_another_team_takes_a_case_over_and_the_old_team_cannot_open_it(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "other-team")
    case = ask_the_other_team(page, "Handedover")
    page.goto(f"{case}/transfer")
    expect(page.get_by_role("main")).to_contain_text("Waiting for an answer")
    look_at_both_widths(page)
    sign_in(page, demo_server, "manager")
    refused = page.goto(case)
    assert refused is not None
    assert refused.status == 404
    page.goto(f"{demo_server.url}/transfers")
    look_at_both_widths(page)
    expect(page.get_by_role("main")).not_to_contain_text("Handedover")
    page.get_by_role("main").get_by_role("table").get_by_role("link").last.click()
    expect(page.get_by_role("main")).to_contain_text("Promised a call on Friday")
    expect(page.get_by_role("main")).not_to_contain_text("Handedover")
    look_at_both_widths(page)
    choose(page, "Does your team take the case over?", "Yes, we take it over")
    press_access_key(page, "s")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case overview")
    sign_in(page, demo_server, "other-team")
    gone = page.goto(case)
    assert gone is not None
    assert gone.status == 404


def test_a_request_is_withdrawn(open_page: OpenPage, demo_server: Server) -> None:
    page = open_page()
    sign_in(page, demo_server, "other-team")
    case = ask_the_other_team(page, "Takenback")
    page.goto(f"{case}/transfer")
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_role("main")).to_contain_text("Withdrawn")
