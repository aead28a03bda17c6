"""A journey through what victims said: the analyst hides names and codes the answers, reads the
results and says what was done; an advocate reads them and prints the poster."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from caseapp.clock import today
from caseapp.database import transaction
from caseapp.surveys.actions import release_batch
from caseapp.surveys.months import month_of
from caseapp.surveys.responses import OpenAnswer, Response
from caseapp.voice.months import month_words
from config import Settings
from tests.browser.demo_home import choose, fill_date
from tests.browser.keyboard import tab_to
from tests.browser.long_forms import give_session
from tests.browser.widths import look_at_both_widths
from tests.cast import Cast
from tests.filled_partnership import fill_partnership
from tests.homes import copy_home, open_app, running_app
from tests.serving import running_server

OpenPage = Callable[..., Page]
Arrive = Callable[[Page, str, str], None]
PLAIN = "They listened to me, and they rang me when they had said."
TEXTS = (
    "My worker Sagal Warsame rang me on 07700 900 123 when I was in Golborne.",
    "ساعدتني السيدة فاطمة كثيرا، واتصلت بي كل أسبوع.",
    *[f"{PLAIN} {'It helped. ' * n}".strip() for n in range(9)],
)


@pytest.fixture(scope="module")
def house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Settings, Cast]]:
    """The address of a home in which two months of answers were let out."""
    folder, cast = peopled_home
    settings = copy_home(folder, tmp_path_factory.mktemp("voice") / "home")
    with running_app(open_app(settings)) as app, app.app_context(), transaction():
        fill_partnership(cast)
        for ago, number in ((-2, 44), (-1, 14)):
            release_batch(month_of(today(), ago), answers(number), said() if ago == -1 else ())
    with running_server(settings) as server:
        yield server.url, settings, cast


def answers(number: int) -> list[Response]:
    """Half of them of women."""
    points = ("agree", "strongly_agree", "disagree")
    return [
        Response(
            stage="exit",
            sex=("female", "male")[place % 2],
            answers=(("feels_safer", points[place % 3]), ("listened_to", points[place % 2])),
            helped=("same_worker",) if place % 3 else (),
        )
        for place in range(number)
    ]


def said() -> list[OpenAnswer]:
    return [
        OpenAnswer(
            number=0, response=place, questionnaire="exit", question="what_helped",
            language="ar" if place == 1 else "en", text=text,
        )
        for place, text in enumerate(TEXTS)
    ]  # fmt: skip


@pytest.fixture
def arrive(house: tuple[str, Settings, Cast]) -> Arrive:
    """`arrive(page, "analyst", "/voice")`."""
    url, settings, cast = house

    def arrive(page: Page, who: str, path: str) -> None:
        page.context.clear_cookies()
        give_session(page.context, settings, url, cast.actors[who])
        page.goto(f"{url}{path}")

    return arrive


def test_an_analyst_hides_who_and_where_by_keyboard_and_puts_answers_into_themes(
    open_page: OpenPage, arrive: Arrive
) -> None:
    page = open_page()
    main = page.get_by_role("main")
    arrive(page, "analyst", "/voice/answers")
    expect(main).to_contain_text("Nobody else reads an answer before you have hidden")
    expect(main).to_contain_text(month_words(month_of(today(), -1)))
    look_at_both_widths(page, "voice-answers")
    tab_to(page, "Read the next answer")
    page.keyboard.press("Enter")
    seen: list[str] = []
    for _ in TEXTS:
        expect(page.get_by_role("heading", level=1)).to_have_text("An open answer")
        seen.append(page.locator("blockquote").inner_text())
        if "Sagal" in seen[-1]:
            hide_and_code_the_one_with_names(page)
        elif "فاطمة" in seen[-1]:
            expect(page.locator("mark").first).to_contain_text("فاطمة")
            look_at_both_widths(page, "voice-code-arabic")
        coded = page.url
        code_by_keyboard(page, "The same worker all the way")
        expect(page.get_by_text("The answer is masked, and in its themes")).to_be_visible()
        if len(seen) == 1:
            what_was_coded_is_gone(page, coded)
    assert sorted(seen) == sorted(TEXTS)
    expect(main).to_contain_text("No answer waits")
    look_at_both_widths(page, "voice-answers-none")


def what_was_coded_is_gone(page: Page, coded: str) -> None:
    """By its address, and by Back from the page after it."""
    following = page.url
    page.goto(coded)
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.goto(following)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.goto(following)


def hide_and_code_the_one_with_names(page: Page) -> None:
    marks = page.locator("mark").all_inner_texts()
    assert {"Sagal Warsame", "07700 900 123", "Golborne"} <= set(marks)
    group = page.get_by_role("group", name="Hide these words")
    for words in ("Sagal Warsame (name or place)", "07700 900 123 (number)"):
        expect(group.get_by_label(words)).to_be_checked()
    look_at_both_widths(page, "voice-code")
    page.get_by_label("More words to hide").fill("nobody of this name")
    page.get_by_role("button", name="Hide these words for good and save").click()
    expect(page.get_by_role("alert")).to_contain_text("is not in the answer")
    look_at_both_widths(page, "voice-code-faulty")
    page.get_by_label("More words to hide").fill("rang me")


def code_by_keyboard(page: Page, theme: str) -> None:
    tab_to(page, theme)
    page.keyboard.press("Space")
    tab_to(page, "Hide these words for good and save")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_an_advocate_reads_results_without_names_and_no_group_that_is_too_small(
    open_page: OpenPage, arrive: Arrive
) -> None:
    page = open_page()
    main = page.get_by_role("main")
    arrive(page, "assigned_advocate", "/voice")
    expect(main).to_contain_text("50 answers or more")
    expect(main).to_contain_text("In their own words")
    expect(main).to_contain_text("My worker [hidden] [hidden] on [hidden]")
    for hidden in ("Sagal", "07700", "Golborne", "فاطمة"):
        expect(main).not_to_contain_text(hidden)
    expect(main.get_by_role("link", name="Open answers")).to_have_count(0)
    look_at_both_widths(page, "voice-results")
    page.get_by_label("Told apart by").select_option("Sex")
    page.get_by_role("button", name="Show").click()
    expect(main).to_contain_text("Female")
    expect(main).not_to_contain_text("In their own words")
    look_at_both_widths(page, "voice-results-sex")
    page.get_by_label("Told apart by").select_option("Age")
    page.get_by_role("button", name="Show").click()
    expect(main).to_contain_text("Too few people have answered to show this")
    look_at_both_widths(page, "voice-results-too-few")


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_said_and_done_is_written_linked_to_the_plan_and_printed(
    open_page: OpenPage, arrive: Arrive, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    picture = "voice" if javascript else ""
    words = f"We wait too long{'' if javascript else ', they say'}."
    main = page.get_by_role("main")
    arrive(page, "analyst", "/voice/findings")
    look_at_both_widths(page, picture and f"{picture}-findings", has_script=javascript)
    page.get_by_role("button", name="Add a finding").click()
    write_finding(page, words)
    look_at_both_widths(page, picture and f"{picture}-finding-form", has_script=javascript)
    page.get_by_role("button", name="Save the finding").click()
    expect(page.get_by_role("alert")).to_contain_text("Enter what was done")
    expect(page.get_by_label("You said")).to_have_value(words)
    look_at_both_widths(page, picture and f"{picture}-finding-faulty", has_script=javascript)
    page.get_by_label("We did").fill("There are two more workers, and Sagal rings on the day.")
    page.get_by_role("button", name="Save the finding").click()
    expect(main).to_contain_text("Train every front desk")
    expect(main).to_contain_text("Before it hangs on a wall, look again at these words")
    look_at_both_widths(page, picture and f"{picture}-finding", has_script=javascript)
    page.get_by_role("button", name="Change this finding").click()
    page.get_by_label("We did").fill("There are two more workers, who ring on the day.")
    page.get_by_role("button", name="Save the finding").click()
    expect(main).not_to_contain_text("Before it hangs on a wall")
    page.get_by_text("What was changed").click()
    expect(main).to_contain_text("We did was: There are two more workers, and Sagal rings")
    look_at_both_widths(page, picture and f"{picture}-finding-changed", has_script=javascript)
    arrive(page, "assigned_advocate", "/voice/findings")
    look_at_both_widths(page, picture and f"{picture}-findings-read", has_script=javascript)
    page.get_by_role("link", name=words, exact=True).click()
    expect(page.get_by_role("button", name="Change this finding")).to_have_count(0)
    place = page.get_by_role("button", name="Print the poster").get_attribute("href")
    paper = page.context.request.get(f"{page.url.partition('/voice')[0]}{place}")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF")


def write_finding(page: Page, words: str) -> None:
    page.get_by_label("You said").fill(words)
    page.get_by_label("Where it was said").select_option("At the end")
    month = month_words(month_of(today(), -1))
    for label in ("From", "To"):
        page.get_by_label(label, exact=True).select_option(month)
    choose(page, "How far is it?", "Done")
    fill_date(page, "Date", today().day, today().month, today().year)
    page.get_by_label("Action of the plan").select_option("Train every front desk")


@pytest.mark.parametrize("who", ["assigned_advocate", "manager", "administrator"])
def test_nobody_but_the_coder_opens_the_answers(
    open_page: OpenPage, arrive: Arrive, who: str
) -> None:
    page = open_page()
    for path in ("/voice/answers", f"/voice/answers/{UUID(int=1)}/0"):
        arrive(page, who, path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
