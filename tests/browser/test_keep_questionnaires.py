"""A journey of the analyst: a questionnaire is written without a programmer, said in French, put
into use and retired; with and without script, by keyboard, on both widths."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from config import Settings
from tests.browser.keyboard import tab_to
from tests.browser.long_forms import give_session
from tests.browser.widths import look_at_both_widths
from tests.cast import Cast
from tests.homes import copy_home
from tests.serving import running_server

OpenPage = Callable[..., Page]
SAFE = ("Je me sens en sécurité à l’école.", "L’école est sûre.")
WISH = ("Que changeriez-vous à l’école ?", "Que changer à l’école ?")


@pytest.fixture(scope="module")
def house(
    peopled_home: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Settings, Cast]]:
    """The address of a home with the questionnaires that come with caseapp."""
    folder, cast = peopled_home
    settings = copy_home(folder, tmp_path_factory.mktemp("questionnaires") / "home")
    with running_server(settings) as server:
        yield server.url, settings, cast


@pytest.fixture
def arrive(house: tuple[str, Settings, Cast]) -> Callable[[Page, str], None]:
    """`arrive(page, "/questionnaires")`, as the analyst."""
    url, settings, cast = house

    def arrive(page: Page, path: str) -> None:
        page.context.clear_cookies()
        give_session(page.context, settings, url, cast.analyst)
        page.goto(f"{url}{path}")

    return arrive


Arrive = Callable[[Page, str], None]


@pytest.mark.parametrize("javascript", [True, False])
def test_an_analyst_adds_a_questionnaire_in_two_languages_and_retires_it(
    open_page: OpenPage, arrive: Arrive, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    title, main = ("Pupils" if javascript else "Students"), page.get_by_role("main")

    def look(picture: str) -> None:
        look_at_both_widths(page, picture if javascript else "", has_script=javascript)

    def press(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).click()

    arrive(page, "/questionnaires")
    look("questionnaires")
    press("Add a questionnaire")
    press("Go on to the questions")
    expect(page.get_by_role("alert")).to_contain_text("Choose when it is given")
    look("questionnaire-new-faulty")
    page.get_by_label("Title").fill(title)
    page.get_by_label("At a review").check()
    press("Go on to the questions")
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    look("questionnaire-empty")
    press("Add a question")
    page.get_by_label("I feel safer").check()
    page.get_by_label("Everyday words", exact=True).fill("I feel safe at school.")
    page.get_by_label("Easy words", exact=True).fill("School is safe.")
    page.get_by_label("Picture beside the easy words").select_option(label="School")
    press("Save the question")
    press("Add a question")
    page.get_by_label("Something else: how much they agree").check()
    page.get_by_label("Everyday words", exact=True).fill("What would you change at school?")
    page.get_by_label("Easy words", exact=True).fill("What would you change at school?")
    page.get_by_label("Picture beside the easy words").select_option(label="Talk")
    press("Save the question")
    expect(page.get_by_role("alert")).to_contain_text("Enter a short name")
    look("questionnaire-question-faulty")
    page.get_by_label("Their own words").check()
    page.get_by_label("Short name of the open question").fill("school_wish")
    page.get_by_label("Ask it only after some answers to").select_option(index=1)
    for answer in ("Disagree", "Strongly disagree"):
        page.get_by_role("group", name="Answers after which it is asked").get_by_label(
            answer, exact=True
        ).check()
    look("questionnaire-question")
    press("Save the question")
    expect(main).to_contain_text("Only after: Disagree, Strongly disagree")
    look("questionnaire-draft")
    page.get_by_role("link", name="French").click()
    boxes = page.get_by_role("main").get_by_role("textbox")
    for place, words in enumerate((*SAFE, *WISH, "Marie Diallo")):
        boxes.nth(place).fill(words)
    look("questionnaire-french")
    press("Save the words")
    expect(main.get_by_role("row", name="French")).to_contain_text("Reviewed")
    press("Put it into use")
    expect(main).to_contain_text("The questionnaire is in use")
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="French").click()
    page.get_by_role("navigation", name="Forms").get_by_role("link", name="Easy read").click()
    expect(main).to_contain_text("Reviewed by Marie Diallo")
    expect(main).to_contain_text(SAFE[1])
    look("questionnaire-shown-in-french")
    page.get_by_role("navigation", name="Languages").get_by_role("link", name="Arabic").click()
    expect(main).to_contain_text("Not translated")
    expect(main).to_contain_text("School is safe.")
    page.get_by_text("Retire this questionnaire").click()
    press("Retire it")
    expect(main).to_contain_text("Retired on")
    arrive(page, "/questionnaires")
    expect(page.get_by_role("table", name="Retired")).to_contain_text(title)
    look("questionnaires-retired")


def test_a_questionnaire_is_changed_in_arabic_by_keyboard(
    open_page: OpenPage, arrive: Arrive
) -> None:
    page = open_page()
    main = page.get_by_role("main")

    def go(words: str) -> None:
        tab_to(page, words)
        with page.expect_navigation():
            page.keyboard.press("Enter")

    arrive(page, "/questionnaires")
    go("For people who live here")
    go("Arabic")
    go("Easy read")
    expect(main.locator(".app-asked__words").first).to_have_attribute("dir", "rtl")
    look_at_both_widths(page, "questionnaire-in-arabic")
    go("Write a new version")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Version 2, being written")
    go("Arabic")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Words in Arabic")
    look_at_both_widths(page, "questionnaire-arabic-boxes")
    tab_to(page, "Which speaker of Arabic")
    page.keyboard.type("Huda Salem")
    go("Save the words")
    expect(main.get_by_role("row", name="Arabic")).to_contain_text("Reviewed")
    go("See what people will read")
    look_at_both_widths(page, "questionnaire-preview")
    page.go_back()
    go("Put it into use")
    expect(main).to_contain_text("Version 2")
    tab_to(page, "All versions")
    page.keyboard.press("Enter")
    go("Version 1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Version 1, not the newest")


@pytest.mark.parametrize("code", ["intake", "review", "exit", "community"])
def test_each_questionnaire_is_looked_at_in_each_language_and_form(
    open_page: OpenPage, arrive: Arrive, code: str
) -> None:
    page = open_page()
    for language in ("en", "ar", "fa", "fr", "pt", "so", "es"):
        for form in ("everyday", "easy"):
            arrive(page, f"/questionnaires/{code}?language={language}&form={form}")
            expect(page.get_by_role("main")).not_to_contain_text("Not translated")
            look_at_both_widths(page, f"asked_{code}_{language}_{form}")
