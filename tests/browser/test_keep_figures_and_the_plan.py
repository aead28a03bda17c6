"""A journey of the analyst: figures of the police, people of the borough, the action plan; looked
at by a manager; with and without script."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config import Settings
from tests.browser.demo_home import fill_date
from tests.browser.keyboard import tab_to
from tests.browser.long_forms import give_session
from tests.browser.widths import look_at_both_widths
from tests.cast import Cast
from tests.homes import copy_home
from tests.serving import running_server

OpenPage = Callable[..., Page]
FILE = """code,year,value,source,dated_on
police_da_outcomes,2019-20,640,Police dashboard,2020-05-04
police_da_detections,2019-20,"1,234.5",Police dashboard,2020-05-04
advocates,2019-20,=6,Council,4 May 2020
"""


@pytest.fixture(scope="module")
def house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Settings, Cast]]:
    """The address of a home without figures and without a plan."""
    folder, cast = peopled_home
    settings = copy_home(folder, tmp_path_factory.mktemp("board") / "home")
    with running_server(settings) as server:
        yield server.url, settings, cast


@pytest.fixture
def arrive(house: tuple[str, Settings, Cast]) -> Callable[[Page, str, str], None]:
    """`arrive(page, "analyst", "/figures")`."""
    url, settings, cast = house

    def arrive(page: Page, who: str, path: str) -> None:
        page.context.clear_cookies()
        give_session(page.context, settings, url, cast.actors[who])
        page.goto(f"{url}{path}")

    return arrive


Arrive = Callable[[Page, str, str], None]


@pytest.mark.parametrize("javascript", [True, False])
def test_an_analyst_enters_a_figure_is_told_what_is_wrong_and_corrects_it(
    open_page: OpenPage, arrive: Arrive, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    year, main = ("2021-22" if javascript else "2022-23"), page.get_by_role("main")
    arrive(page, "analyst", "/figures")
    page.get_by_label("Financial year").select_option(year)
    page.get_by_role("button", name="Show the year").click()
    expect(main).to_contain_text(f"0 of 16 figures are entered for {year}")
    page.get_by_role("link", name="Domestic abuse: victims").click()
    page.get_by_label("Value").fill("1,234.5")
    page.get_by_label("Source", exact=True).fill("Police dashboard")
    fill_date(page, "Date of the source", 4, 5, 2023)
    page.get_by_role("button", name="Save the figure").click()
    expect(page.get_by_role("alert")).to_contain_text("Value must be a number without commas")
    look_at_both_widths(page, "figure-faulty" if javascript else "", has_script=javascript)
    page.get_by_label("Value").fill("812")
    page.get_by_role("button", name="Save the figure").click()
    expect(main).to_contain_text(f"1 of 16 figures are entered for {year}")
    look_at_both_widths(page, "figures" if javascript else "", has_script=javascript)
    page.get_by_role("link", name="Domestic abuse: victims").click()
    page.get_by_label("Value").fill("820")
    page.get_by_label("Note").fill("Late reports")
    page.get_by_role("button", name="Save the figure").click()
    page.get_by_role("link", name="Domestic abuse: victims").click()
    for words in ("820", "812", "Late reports"):
        expect(page.get_by_role("table", name="What was entered")).to_contain_text(words)
    look_at_both_widths(page, "figure" if javascript else "", has_script=javascript)


def test_a_file_is_looked_at_corrected_and_entered_by_keyboard(
    open_page: OpenPage, arrive: Arrive, tmp_path: Path
) -> None:
    page, file = open_page(), tmp_path / "figures.csv"
    main = page.get_by_role("main")
    file.write_text(FILE, encoding="utf-8")
    arrive(page, "analyst", "/figures")
    tab_to(page, "Load a CSV file")
    page.keyboard.press("Enter")
    expect(page.get_by_label("CSV file")).to_be_visible()
    look_at_both_widths(page, "figures-file")
    page.get_by_label("CSV file").set_input_files(file)
    tab_to(page, "Read the file")
    page.keyboard.press("Enter")
    expect(main).to_contain_text("2 lines have a fault, so nothing was entered")
    expect(main).to_contain_text("value must be a number without commas")
    look_at_both_widths(page, "figures-file-faulty")
    file.write_text(FILE.replace('"1,234.5"', "64").replace("=6", "6"), encoding="utf-8")
    tab_to(page, "Choose another file")
    page.keyboard.press("Enter")
    page.get_by_label("CSV file").set_input_files(file)
    tab_to(page, "Read the file")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would change")
    look_at_both_widths(page, "figures-file-preview")
    tab_to(page, "Enter 3 figures")
    page.keyboard.press("Enter")
    expect(main).to_contain_text("3 of 16 figures are entered for 2019-20")


def test_the_people_of_the_borough_are_replaced_and_warned_of(
    open_page: OpenPage, arrive: Arrive
) -> None:
    page = open_page()
    arrive(page, "analyst", "/populations/2024-25")
    expect(page.get_by_role("main")).to_contain_text("Census 2021")
    look_at_both_widths(page, "people")
    page.get_by_label("Source", exact=True).fill("The council's own estimate")
    page.get_by_label("Year of the count").fill("2024")
    fill_date(page, "Date of the source", 4, 5, 2024)
    people = (90000, 9000, 17000, 12000, 15000, 76000, 74000, 19000, 150000)
    boxes = page.locator("input[name^=group_]")
    for place, number in enumerate(people):
        boxes.nth(place).fill(str(number))
    boxes.first.fill("0")
    page.get_by_role("button", name="Save the table").click()
    expect(page.get_by_role("alert")).to_contain_text("White must be from 1 to")
    look_at_both_widths(page, "people-faulty")
    boxes.first.fill("90000")
    page.get_by_role("button", name="Save the table").click()
    expect(page.get_by_role("main")).to_contain_text("add up to 143,000, 7,000 fewer than")
    look_at_both_widths(page, "people-replaced")


@pytest.mark.parametrize("javascript", [True, False])
def test_an_action_is_planned_followed_and_read_by_a_manager(
    open_page: OpenPage, arrive: Arrive, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    name = f"Victims are supported {'with' if javascript else 'without'} script"
    picture = "" if not javascript else "plan"
    arrive(page, "analyst", "/action-plan")
    page.get_by_role("button", name="Add an objective").click()
    page.get_by_label("Objective").fill(name)
    page.get_by_label("What will be different?").fill("More of them say that they are safe.")
    look_at_both_widths(page, picture and "plan-objective", has_script=javascript)
    page.get_by_role("button", name="Save the objective").click()
    page.get_by_role("link", name=f"Add an action to {name}").click()
    add_action(page, f"Train every front desk: {name}", 2024)
    for state, evidence in (("Delayed", ""), ("Complete", "Minutes of 4 May")):
        page.get_by_label(state, exact=True).check()
        fill_date(page, "Date", 4, 5, 2024)
        page.get_by_label("In words").fill(f"It is {state.lower()}.")
        page.get_by_label("What shows it?").fill(evidence)
        page.get_by_role("button", name="Save the progress").click()
        expect(page.get_by_role("main")).to_contain_text(f"It is {state.lower()}.")
    expect(page.get_by_role("main")).to_contain_text("Shown by: Minutes of 4 May")
    look_at_both_widths(page, picture and "plan-action", has_script=javascript)
    page.get_by_role("link", name="Action plan", exact=True).first.click()
    page.get_by_role("link", name=f"Add an action to {name}").click()
    add_action(page, f"Tell schools whom to call: {name}", 2025)
    arrive(page, "manager", "/action-plan")
    page.get_by_role("link", name="Overdue").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text(f"Tell schools whom to call: {name}")
    expect(main).not_to_contain_text(f"Train every front desk: {name}")
    page.get_by_role("link", name="All (").click()
    expect(main).to_contain_text(f"Train every front desk: {name}")
    expect(page.get_by_role("button", name="Add an objective")).to_have_count(0)
    look_at_both_widths(page, picture, has_script=javascript)


def add_action(page: Page, title: str, year: int) -> None:
    page.get_by_label("Action", exact=True).fill(title)
    page.get_by_label("Owner").fill("Head of community safety")
    fill_date(page, "Due", 30, 9, year)
    page.get_by_label("34. Actions on track, complete and overdue").check()
    page.get_by_role("button", name="Save the action").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
