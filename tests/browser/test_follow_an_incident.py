"""Journeys of an incident: its outcome over time, a correction, the rights of the victim."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from caseapp.clock import today
from caseapp.web.words import short_date
from tests.browser.demo_home import choose, fill_date, sign_in
from tests.browser.widths import look_at_both_widths
from tests.serving import Server

OpenPage = Callable[..., Page]


def add_incident(page: Page, server: Server, offence: str) -> None:
    """A reported one of today, in the first case of the advocate; ends on its page. Each test has
    an offence of its own: they share the case."""
    sign_in(page, server, "advocate")
    page.goto(f"{server.url}/cases")
    page.locator("main tbody a").first.click()
    page.get_by_role("link", name="Add an incident").click()
    day = today()
    fill_date(page, "When did it happen?", day.day, day.month, day.year)
    page.get_by_label("What was it?").select_option(label=offence)
    choose(page, "Was it domestic abuse?", "No")
    page.get_by_label("Ward", exact=True).select_option("E05009394")
    page.get_by_label("What happened?").fill("Her phone was taken at the bus stop.")
    choose(page, "Was it reported to the police?", "Yes")
    page.get_by_role("button", name="Save the incident").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Case overview")
    page.get_by_role("link", name="Incidents", exact=True).click()
    row = page.get_by_role("row").filter(has_text=offence).filter(has_text=short_date(day))
    expect(row).to_contain_text("No outcome, no reason")
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(offence)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_outcome_grows_step_by_step_and_nothing_is_overwritten(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    add_incident(page, demo_server, "Exploitation" if javascript else "Actual bodily harm")
    page.get_by_role("button", name="Record the outcome").click()
    page.get_by_label("Criminal-justice outcome").select_option("18")
    page.get_by_label("Who told us the outcome?").select_option("police_letter")
    choose(page, "If there is no outcome, why?", "No suspect")
    choose(page, "If there is no outcome, why?", "Distrust of the police")
    choose(page, "Has the person been told the outcome?", "No")
    if javascript:
        look_at_both_widths(page)
    page.get_by_role("button", name="Save the outcome").click()
    expect(page.get_by_role("main")).to_contain_text("Distrust of the police, No suspect")

    page.get_by_role("button", name="Record the outcome").click()
    page.get_by_label("Criminal-justice outcome").select_option("1")
    choose(page, "Has the person been told the outcome?", "Yes")
    page.get_by_label("The last entry was a mistake").check()
    page.get_by_role("button", name="Save the outcome").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Was a mistake: corrected above")
    expect(main).to_contain_text("Charged or summonsed")
    expect(main).to_contain_text("no suspect identified")
    if javascript:
        look_at_both_widths(page)

    page.get_by_role("button", name="Record the outcome").click()
    expect(main).to_contain_text("What you leave empty stays as it is")
    day = today()
    fill_date(page, "If somebody was convicted, on which day?", day.day, day.month, day.year)
    if javascript:
        look_at_both_widths(page)
    page.get_by_role("button", name="Save the outcome").click()
    newest = page.locator(".app-timeline__entry").first
    for words in ("Charged or summonsed", "Convicted on", "The person was told"):
        expect(newest).to_contain_text(words)
    right = main.get_by_role("row").filter(has_text="Be told about the offender")
    expect(right).to_contain_text("Missing")

    page.get_by_role("button", name="Correct a mistake").click()
    page.get_by_label("What happened?").fill("Her phone was taken on the bus.")
    page.get_by_role("button", name="Save the correction").click()
    expect(main).to_contain_text("What it said before")
    expect(main).to_contain_text("Her phone was taken at the bus stop.")
    expect(main).to_contain_text("Her phone was taken on the bus.")


def test_an_outcome_before_the_incident_is_told_beside_its_date_and_nothing_is_lost(
    page: Page, demo_server: Server
) -> None:
    add_incident(page, demo_server, "Assault without injury")
    page.get_by_role("button", name="Record the outcome").click()
    page.get_by_label("Criminal-justice outcome").select_option("1")
    fill_date(page, "Date of the outcome", 1, 1, today().year - 1)
    page.get_by_label("Anything else about it?").fill("By letter, to the old address.")
    page.get_by_role("button", name="Save the outcome").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("The outcome cannot be before the incident")
    expect(page.get_by_label("Anything else about it?")).to_have_value(
        "By letter, to the old address."
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_rights_of_the_victims_code_are_recorded_and_what_is_missing_is_shown(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    add_incident(page, demo_server, "Grievous bodily harm" if javascript else "Threats to kill")
    main = page.get_by_role("main")
    missing = main.get_by_text("Missing", exact=True)
    expect(missing).to_have_count(8)
    page.get_by_role("button", name="Record Victims' Code rights").click()
    choose(page, "Which rights?", "Be referred to support that fits their needs")
    choose(page, "Which rights?", "Hear how the investigation goes")
    choose(page, "Where do they stand?", "Met")
    page.get_by_label("Anything to add?").fill("Told at the station, with her mother.")
    if javascript:
        look_at_both_widths(page)
    page.get_by_role("button", name="Save the rights").click()
    expect(missing).to_have_count(6)
    expect(main).to_contain_text("Told at the station, with her mother.")
    page.get_by_role("link", name="Incidents", exact=True).click()
    expect(main.get_by_role("row").filter(has_text="2 recorded, 6 missing")).not_to_have_count(0)
    if javascript:
        look_at_both_widths(page)
