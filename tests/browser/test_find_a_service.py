"""A journey: look for a service, keep one right, bring a list in; with and without script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from caseapp.directory.entries import Entry
from caseapp.directory.writing import write_feed
from tests.browser.demo_home import sign_in
from tests.browser.keyboard import tab_to
from tests.browser.pictures import take_picture
from tests.browser.widths import look_at_both_widths
from tests.serving import Server
from tests.unit.directory.entries import make_entry

OpenPage = Callable[..., Page]


def add_service(page: Page, name: str) -> None:
    page.get_by_role("link", name="Services", exact=True).click()
    page.get_by_role("button", name="Add a service").click()
    page.get_by_label("Name of the service").fill(name)
    page.get_by_label("Organisation").fill("Borough Trust")
    page.get_by_label("Debt", exact=True).check()
    page.get_by_label("Areas").fill("Kensington, Chelsea")
    page.get_by_label("Languages").fill("Arabic, Farsi")
    page.get_by_label("Wheelchair access").check()
    page.get_by_role("button", name="Save the service").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_manager_keeps_a_service_and_an_advocate_finds_it(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    name = f"Debt advice {'with' if javascript else 'without'} script"
    sign_in(page, demo_server, "manager")
    add_service(page, name)
    page.get_by_role("button", name="I checked it today").click()
    expect(page.get_by_role("main")).not_to_contain_text("for six months")
    sign_in(page, demo_server, "advocate")
    page.get_by_role("link", name="Services", exact=True).click()
    page.get_by_label("Need").select_option(label="Debt")
    page.get_by_label("Area").select_option(label="Chelsea")
    page.get_by_label("Language").select_option(label="Farsi")
    page.get_by_label("Access", exact=True).select_option(label="Wheelchair access")
    page.get_by_role("button", name="Find services").click()
    expect(page.get_by_role("table")).to_contain_text(name)
    page.get_by_role("link", name=name).click()
    expect(page.get_by_role("main")).to_contain_text("Borough Trust")
    expect(page.get_by_role("button", name="Close this service")).to_have_count(0)


def test_the_pages_of_the_directory_are_accessible_and_fit_a_small_screen(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "manager")
    add_service(page, "Seen on a small screen")
    look_at_both_widths(page)
    page.get_by_role("button", name="Change this service").click()
    look_at_both_widths(page)
    for path in ("/directory", "/directory?text=nothing+like+this", "/directory/import"):
        page.goto(f"{demo_server.url}{path}")
        look_at_both_widths(page)


def test_a_list_is_brought_in_by_keyboard_after_a_look_at_it(
    open_page: OpenPage, demo_server: Server, tmp_path: Path
) -> None:
    page = open_page()
    file = tmp_path / "list.json"
    file.write_bytes(write_feed([make_entry(name=f"Brought in {n}") for n in range(3)]))
    sign_in(page, demo_server, "manager")
    page.goto(f"{demo_server.url}/directory/import")
    tab_to(page, "Read the list")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Choose a file, or enter")
    page.get_by_label("Open Referral UK JSON file").set_input_files(file)
    tab_to(page, "Read the list")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would change")
    look_at_both_widths(page)
    tab_to(page, "Save all of it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Brought in 2")


def test_a_list_shows_each_change_before_it_is_made_and_a_closed_service_is_opened_again(
    open_page: OpenPage, demo_server: Server, tmp_path: Path
) -> None:
    page = open_page()
    entry = make_entry(name="Changed by a list")
    sign_in(page, demo_server, "manager")
    bring_in(page, demo_server, tmp_path, entry)
    save_all(page)
    bring_in(page, demo_server, tmp_path, replace(entry, phone="", waiting_time="2 days"))
    page.get_by_text("Changed services", exact=True).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Waiting time: 6 weeks becomes 2 days")
    expect(main).not_to_contain_text("Phone number")
    look_at_both_widths(page)
    take_picture(page, "changed-services")
    save_all(page)
    bring_in(page, demo_server, tmp_path, replace(entry, is_open=False))
    save_all(page)
    page.get_by_label("Name of the service").fill(entry.name)
    page.get_by_label("Show closed services too").check()
    page.get_by_role("button", name="Find services").click()
    look_at_both_widths(page)
    take_picture(page, "closed-services")
    page.get_by_role("link", name=entry.name).click()
    page.get_by_role("button", name="Open it again").click()
    expect(main).to_contain_text("The service is open again")


def bring_in(page: Page, server: Server, folder: Path, entry: Entry) -> None:
    (folder / "list.json").write_bytes(write_feed([entry]))
    page.goto(f"{server.url}/directory/import")
    page.get_by_label("Open Referral UK JSON file").set_input_files(folder / "list.json")
    page.get_by_role("button", name="Read the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would change")


def save_all(page: Page) -> None:
    page.get_by_role("button", name="Save all of it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Services")
