"""A journey of a manager: the board's one screen, an outcome by months, the paper; with and without
script, wide and narrow."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from caseapp.database import db
from caseapp.strategy.actions import add_action, add_objective
from caseapp.strategy.models import ActionHead, ObjectiveHead
from config import Settings
from tests.browser.long_forms import give_session
from tests.browser.widths import WIDE, look_at_both_widths
from tests.cast import Cast
from tests.homes import copy_home, open_app, running_app
from tests.serving import running_server
from tests.unit.board.months import keep_months

OpenPage = Callable[..., Page]
PAGE_AT_MOST = 1250  # pixels: one screen of a desk, with the bars of a browser


@pytest.fixture(scope="module")
def house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Settings, Cast]]:
    """The address of a home with three published months and an overdue action."""
    folder, cast = peopled_home
    settings = copy_home(folder, tmp_path_factory.mktemp("board") / "home")
    with running_app(open_app(settings)) as app, app.test_request_context():
        keep_months(cast.analyst)
        keep_an_overdue_action(cast)
    with running_server(settings) as server:
        yield server.url, settings, cast


def keep_an_overdue_action(cast: Cast) -> None:
    day = date(2026, 5, 5)
    head = ActionHead(title="Train school staff", owner="Schools", due_on=day, added_on=day)
    objective = add_objective(uuid4(), ObjectiveHead(title="Schools"), cast.analyst)
    add_action(uuid4(), objective, head, cast.analyst)
    db.session.commit()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_manager_sees_the_outcomes_and_goes_into_one(
    open_page: OpenPage, house: tuple[str, Settings, Cast], javascript: bool
) -> None:
    url, settings, cast = house
    page = open_page(javascript=javascript)
    give_session(page.context, settings, url, cast.manager)
    page.goto(f"{url}/board")
    expect(page.get_by_text("up to the end of June 2026")).to_be_visible()
    expect(page.get_by_role("link", name="Train school staff")).to_be_visible()
    look_at_both_widths(page, "board", has_script=javascript)
    page.get_by_role("link", name="All indicators, month by month").nth(2).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Communities most adversely")
    expect(page.get_by_role("rowheader", name="May 2026").first).to_be_attached()
    look_at_both_widths(page, "board_outcome", has_script=javascript)
    page.get_by_role("link", name="Board", exact=True).first.click()
    expect(page).to_have_url(f"{url}/board")


def test_the_board_is_one_screen_of_a_desk(
    open_page: OpenPage, house: tuple[str, Settings, Cast]
) -> None:
    url, settings, cast = house
    page = open_page()
    give_session(page.context, settings, url, cast.analyst)
    page.set_viewport_size(WIDE)
    page.goto(f"{url}/board")
    assert page.evaluate("document.documentElement.scrollHeight") <= PAGE_AT_MOST
    charts = page.get_by_role("img", name="April 2026: ")
    assert charts.count() >= len("three outcomes")
    answer = page.request.get(f"{url}/board/board.pdf")
    assert answer.body().startswith(b"%PDF-1.7")
