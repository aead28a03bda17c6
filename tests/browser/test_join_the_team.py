"""A new advocate's first day: an administrator adds them, they sign in and set up their phone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import choose, sign_in
from tests.browser.keyboard import tab_to
from tests.serving import Server
from tests.visits import code_now

OpenPage = Callable[..., Page]

OWN_PASSWORD = "kettle harbour thistle mango"


def add_account(page: Page, server: Server, email: str) -> str:
    """As the administrator; returns the start password that the page shows."""
    sign_in(page, server, "administrator")
    assert_accessible(page)
    page.get_by_role("button", name="Add an account").click()
    page.get_by_role("button", name="Add account").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a role")
    assert_accessible(page)
    page.get_by_label("Name", exact=True).fill("Nadia Osei")
    page.get_by_label("Work email address").fill(email)
    choose(page, "Role", "Advocate: works the cases of a team")
    page.get_by_label("Team", exact=True).select_option(index=1)
    page.get_by_role("button", name="Add account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Start password")
    assert_accessible(page)
    password = page.locator("strong", has_text="-").inner_text()
    page.get_by_role("button", name="I have passed it on").click()
    assert_accessible(page)
    return password


def enter_password(page: Page, server: Server, email: str, password: str) -> None:
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_new_advocate_joins_and_comes_back(open_page: OpenPage, demo_server: Server) -> None:
    email = "nadia@cast.example"
    start_password = add_account(open_page(), demo_server, email)

    page = open_page()
    enter_password(page, demo_server, email, start_password)
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    assert_accessible(page)
    secret = page.locator("li strong").inner_text().replace(" ", "")
    page.get_by_label("Code that the app shows").fill(code_now(secret))
    page.get_by_role("button", name="Continue").click()

    page.get_by_label("New password").fill("password1234")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("easy to guess")
    assert_accessible(page)
    page.get_by_label("New password").fill(OWN_PASSWORD)
    page.get_by_role("button", name="Continue").click()

    codes = page.locator("ol li").all_inner_texts()
    assert len(codes) == 10
    assert_accessible(page)
    page.get_by_role("button", name="I have kept my codes").click()
    expect(page.get_by_role("link", name="Cases", exact=True)).to_be_visible()
    page.get_by_role("link", name="Nadia Osei").click()
    expect(page.get_by_role("main")).to_contain_text("10 left")
    assert_accessible(page)
    page.get_by_role("button", name="Sign out everywhere").click()

    enter_password(page, demo_server, email, OWN_PASSWORD)
    assert_accessible(page)
    page.get_by_label("Code", exact=True).fill(codes[0].upper())
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("link", name="Cases", exact=True)).to_be_visible()


def test_the_keyboard_alone_signs_in_and_out(page: Page, demo_server: Server) -> None:
    page.goto(demo_server.url)
    tab_to(page, "Email address")
    page.keyboard.type("analyst@demo.example")
    tab_to(page, "Password")
    page.keyboard.type("demo-only-not-secret")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_every_page_of_ones_own_account_can_be_used_by_everybody(
    page: Page, demo_server: Server
) -> None:
    sign_in(page, demo_server, "colleague")
    for path in ("/account", "/account/password", "/account/second-factor"):
        page.goto(f"{demo_server.url}{path}")
        assert_accessible(page)
    sign_in(page, demo_server, "administrator")
    for path in ("/accounts", "/teams/new"):
        page.goto(f"{demo_server.url}{path}")
        assert_accessible(page)
