"""An IDVA refers to the MARAC from what the record holds, and follows it to the end."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from caseapp.clock import today
from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import choose, fill_date
from tests.browser.keyboard import tab_to
from tests.browser.pictures import take_picture
from tests.browser.test_judge_the_risk import open_case_of
from tests.browser.widths import look_at_both_widths
from tests.serving import Server

OpenPage = Callable[..., Page]


def record_dash(page: Page, case: str) -> None:
    page.goto(f"{case}/risk/dash")
    page.keyboard.type("1-15")
    page.keyboard.press("Enter")
    page.wait_for_url(case)


def refer(page: Page, case: str) -> None:
    page.goto(f"{case}/marac/new")
    expect(page.get_by_label("DASH score", exact=True)).to_have_value("15")
    look_at_both_widths(page)
    take_picture(page, "marac-referral-form")
    choose(page, "Is it a repeat: abuse again within 12 months of the last referral?", "No")
    page.get_by_label("What does the person want to happen?").fill("To stay in her home.")
    if not page.get_by_label("Physical", exact=True).is_checked():
        page.get_by_label("Physical", exact=True).check()
    page.get_by_role("group", name="Who is the alleged perpetrator?").get_by_role(
        "radio"
    ).first.check()
    known = page.get_by_label("What is known of the alleged perpetrator?")
    if not known.input_value():
        known.fill("Nothing is known of them yet.")
    choose(page, "Did they agree to this sharing?", "They agreed")
    choose(page, "On what basis do you share this?", "Public task, safeguarding")
    choose(page, "Does the person know about this referral?", "Yes")
    page.get_by_role("button", name="Save the referral").click()
    expect(page.get_by_role("main")).to_contain_text("stands in the sharing log")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_referral_is_filled_in_sent_heard_and_told(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page()
    case = open_case_of(page, demo_server, "other-team", f"Referred-{javascript}")
    record_dash(page, case)
    if not javascript:  # the checks of axe are scripts: they looked at the same pages before
        cookies = page.context.cookies()
        page = open_page(javascript=False)
        page.context.add_cookies([{**cookie} for cookie in cookies])  # type: ignore[typeddict-item]
    check = assert_accessible if javascript else bool
    (refer if javascript else refer_plainly)(page, case)
    main = page.get_by_role("main")
    referral = page.url
    check(page)
    take_picture(page, "marac-referral")

    page.get_by_role("button", name="Record the meeting").click()
    day = today()
    fill_date(page, "Date of the meeting", day.day, day.month, day.year)
    choose(page, "Was the case heard?", "Yes")
    page.get_by_label("What did the meeting say?").fill("The locks will be changed.")
    check(page)
    page.get_by_role("button", name="Save the meeting").click()
    expect(main).to_contain_text("The locks will be changed.")

    page.get_by_role("button", name="Add an action").click()
    soon = day + timedelta(days=3)
    page.get_by_label("What will be done?").fill("Change the locks")
    fill_date(page, "By when?", soon.day, soon.month, soon.year)
    page.get_by_label("Or which agency?").fill("Housing office")
    check(page)
    page.get_by_role("button", name="Save the action").click()
    expect(main).to_contain_text("Housing office")

    page.get_by_role("button", name="Record that they were told").click()
    page.get_by_label("How?").select_option("in_person_at_ours")
    page.get_by_label("What were they told").fill("She is glad of the locks.")
    page.get_by_label("If that way is not known to be safe").fill("She came to us.")
    check(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(main).to_contain_text("She is glad of the locks.")
    take_picture(page, "marac-told")
    page.goto(f"{case}/sharing")
    expect(main).to_contain_text("MARAC")
    paper = page.request.get(f"{referral}/referral.pdf")
    assert paper.headers["content-type"] == "application/pdf"


def refer_plainly(page: Page, case: str) -> None:
    """By keyboard, in a browser that runs no script."""
    page.goto(f"{case}/marac/new")
    # What an earlier referral told is not proposed again.
    page.get_by_label("Professional judgement", exact=True).check()
    page.get_by_label("What do these reasons rest on?").fill("She fears the next visit.")
    choose(page, "Is it a repeat", "No")
    tab_to(page, "What does the person want to happen?")
    page.keyboard.type("To stay in her home.")
    page.get_by_label("Physical", exact=True).check()
    page.get_by_role("group", name="Who is the alleged perpetrator?").get_by_role(
        "radio"
    ).last.check()
    page.get_by_label("What is known of the alleged perpetrator?").fill("Nothing is known yet.")
    choose(page, "Did they agree to this sharing?", "They agreed")
    choose(page, "On what basis do you share this?", "Public task, safeguarding")
    choose(page, "Does the person know about this referral?", "Yes")
    tab_to(page, "Save the referral")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("stands in the sharing log")
