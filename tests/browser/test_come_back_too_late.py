"""An advocate is called away in mid-note, and sends it after the session has ended."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from caseapp.accounts.demo import PASSWORD
from caseapp.database import db, transaction
from caseapp.home import unlock_demo
from caseapp.web.sessions import IDLE_SECONDS, BrowserSession
from config import Settings
from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import sign_in
from tests.homes import open_app, running_app
from tests.serving import Server

OpenPage = Callable[..., Page]

TYPED = "She said: <b>do not ring</b> before five.\nمرحبا 😀"


def let_time_pass(settings: Settings) -> None:
    """Every session was last seen sixteen minutes earlier than it was."""
    with running_app(open_app(unlock_demo(settings))) as app, app.app_context(), transaction():
        earlier = BrowserSession.seen - IDLE_SECONDS - 60
        db.session.execute(update(BrowserSession).values(seen=earlier))


def write_a_note(page: Page, server: Server) -> None:
    sign_in(page, server, "advocate")
    page.locator("tbody a").first.click()
    page.get_by_role("button", name="Add a note").click()
    page.get_by_label("What contact was it?").select_option("phone_spoke")
    page.get_by_label("What happened?").fill(TYPED)


def enter_password(page: Page, who: str) -> None:
    page.get_by_label("Email address").fill(f"{who}@demo.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_note_that_is_sent_too_late_is_saved_after_signing_in_again(
    open_page: OpenPage, demo_server: Server, demo_settings: Settings, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    write_a_note(page, demo_server)
    let_time_pass(demo_settings)
    page.get_by_role("button", name="Save the note").click()

    expect(page.get_by_role("region", name="Important")).to_contain_text("What you typed is kept")
    enter_password(page, "advocate")
    expect(page.get_by_role("heading", level=1)).to_have_text("What you typed is kept")
    expect(page.get_by_role("main")).to_contain_text("before five.\nمرحبا 😀")
    if javascript:
        assert_accessible(page)
    page.get_by_role("button", name="Save what I typed").click()

    expect(page.get_by_role("main")).to_contain_text("She said: <b>do not ring</b> before five.")


def test_whoever_signs_in_next_at_the_same_computer_never_sees_what_was_typed(
    page: Page, demo_server: Server, demo_settings: Settings
) -> None:
    write_a_note(page, demo_server)
    let_time_pass(demo_settings)
    page.get_by_role("button", name="Save the note").click()
    enter_password(page, "colleague")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Today")
    for path in ("/account/kept-form", "/", "/cases"):
        page.goto(f"{demo_server.url}{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Today|My cases"))
        assert "before five" not in page.content()
