"""A journey of the analyst: the tables of a year are changed, and their cost is seen before they
count; and of the administrator, who chooses the method. With and without script."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from caseapp.catalogues.actions import choose_tables
from caseapp.catalogues.rules import years_to_choose
from caseapp.clock import today
from caseapp.database import transaction
from caseapp.indicators.catalogue import Catalogue, standard_catalogue
from config import Settings
from tests.browser.keyboard import tab_to
from tests.browser.long_forms import give_session
from tests.browser.widths import look_at_both_widths
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app
from tests.serving import running_server

OpenPage = Callable[..., Page]
A_TRIAL = 240_000  # milliseconds: longer than one of few tables takes anywhere
FEW = {
    "theme_by_ward_and_age",
    "theme_by_disability_slcn_and_age_band",
    "incidents_by_theme_and_reason_recorded",
}
_, THIS_YEAR, NEXT_YEAR = years_to_choose(today())


@pytest.fixture(scope="module")
def house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Settings, Cast]]:
    """The address of a home where nothing has been released, and each year has few tables."""
    folder, cast = peopled_home
    settings = copy_home(folder, tmp_path_factory.mktemp("catalogue") / "home")
    with running_app(open_app(settings)) as app, app.app_context(), transaction():
        few = tuple(spec for spec in standard_catalogue().tables if spec.name in FEW)
        for year in (THIS_YEAR, NEXT_YEAR):
            choose_tables(year, Catalogue(few), cast.analyst)
    with running_server(settings) as server:
        yield server.url, settings, cast


@pytest.fixture
def arrive(house: tuple[str, Settings, Cast]) -> Callable[[Page, str, str], None]:
    """`arrive(page, "analyst", "/catalogue")`."""
    url, settings, cast = house

    def arrive(page: Page, who: str, path: str) -> None:
        page.context.clear_cookies()
        give_session(page.context, settings, url, cast.actors[who])
        page.goto(f"{url}{path}")

    return arrive


Arrive = Callable[[Page, str, str], None]


@pytest.mark.parametrize("javascript", [True, False])
def test_an_analyst_changes_the_tables_of_a_year_and_sees_what_they_cost(
    open_page: OpenPage, arrive: Arrive, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    year, main = (NEXT_YEAR if javascript else THIS_YEAR), page.get_by_role("main")

    def look(picture: str) -> None:
        look_at_both_widths(page, picture if javascript else "", has_script=javascript)

    arrive(page, "analyst", "/catalogue")
    page.get_by_role("navigation", name="Financial years").get_by_role("link", name=year).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Tables of {year}")
    look("catalogue")
    page.get_by_role("link", name="Cases by theme, ward of residence and age").click()
    expect(main).to_contain_text("Without this table there is no value for indicator 32")
    page.get_by_role("group", name="Ward of residence").get_by_label("The groups alone").check()
    look("catalogue-table")
    page.get_by_role("button", name="Save the table").click()
    expect(main).to_contain_text("Ward of residence (groups alone)")
    page.get_by_role("link", name="Cases by theme, disability, communication needs").click()
    page.get_by_role("button", name="Switch the table off").click()
    expect(main).to_contain_text(f"is not released in {year}")
    page.get_by_role("button", name="Add a table").click()
    look("catalogue-populations")
    page.get_by_role("link", name="Incidents", exact=True).click()
    page.get_by_role("button", name="Add the table").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose by what the table is cut")
    look("catalogue-new-table")
    page.get_by_role("group", name="Cut by").get_by_label("Lives in the borough").check()
    page.get_by_role("button", name="Add the table").click()
    expect(main).to_contain_text("“Incidents by lives in the borough” is added")
    page.get_by_role("button", name="See the cost").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What they cost")
    look("catalogue-trial")
    watch_until_it_is_over(page, javascript)
    expect(main).to_contain_text(re.compile(r"Certified\s+Yes"))
    expect(main).to_contain_text("14: ")  # its table is switched off
    look("catalogue-cost")
    page.get_by_role("button", name="Back to the tables").click()
    expect(main).not_to_contain_text("Not tried")
    look("catalogue-tried")


def watch_until_it_is_over(page: Page, javascript: bool) -> None:
    over = page.get_by_role("heading", name="Indicators without a value")
    if javascript:
        ended = page.get_by_role("link", name="See what came of it")
        expect(ended.or_(over)).to_be_visible(timeout=A_TRIAL)
        if ended.is_visible():
            ended.click()
    while not over.is_visible() and not javascript:
        with page.expect_navigation():
            page.get_by_role("link", name="Look again").click()
    expect(over).to_be_visible()


def test_the_administrator_reads_what_each_method_promises_and_chooses_by_keyboard(
    open_page: OpenPage, arrive: Arrive
) -> None:
    page = open_page()
    arrive(page, "administrator", "/release-method")
    look_at_both_widths(page, "release-methods")
    page.get_by_role("link", name=f"Change {NEXT_YEAR}").click()
    expect(page.get_by_role("main")).to_contain_text("Figures that are shown are exact")
    look_at_both_widths(page, "release-method")
    page.get_by_label("Rounded to a multiple of 3").check()
    tab_to(page, "Save the method")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Rounded to a multiple of 3, every month")
