"""The journey of a paper: asked anew whether it is safe, in a form and language that they read."""

import io
from collections.abc import Callable
from uuid import uuid4

import pikepdf
import pytest
from msgspec.structs import replace
from playwright.sync_api import APIResponse, Page, Response, Route, expect

from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.perpetrators.actions import add_perpetrator
from caseapp.perpetrators.models import PerpetratorHead
from caseapp.plans.actions import write_first_version
from caseapp.plans.models import Place, SafePerson, SectionWords, Step, VersionBody
from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import choose
from tests.browser.house_of_files import House
from tests.browser.keyboard import tab_to
from tests.browser.pictures import take_picture
from tests.paper_words import words_on
from tests.unit.plans.conftest import version_head

OpenPage = Callable[..., Page]
PASSWORD = "lantern orchard"
PRINT = "Print the plan (PDF)"
WORDS = VersionBody(
    sections=(
        SectionWords(
            code="home",
            own="My aunt is at home after five. I can sleep there. أختي تنتظرني عند الباب.",
            worker="We called her together on 4 May.",
        ),
        SectionWords(code="online", own="I turned off my location. I blocked two numbers."),
    ),
    steps=(Step(when="somebody follows me", then="I go into a shop and call my aunt"),),
    places=(Place(kind="safe_place", words="The library, until eight"),),
    people=(SafePerson(who="Aunt Rose", reach="07700 900456", may_know=True),),
)


def write_plan(house: House, body: VersionBody = WORDS) -> str:
    with house.app.app_context(), transaction():
        case = db.session.get_one(Case, house.cast.case_id)
        head = replace(version_head(), reading_format="easy_read", language="ar")
        by = house.cast.assigned_advocate
        version = write_first_version(uuid4(), case, "youth_violence", head, body, by)
        return f"{house.url}/cases/{case.id}/plans/{version.plan_id}"


def come_to_the_page(page: Page, house: House, plan: str) -> None:
    house.enter(page, "manager")
    page.goto(plan)
    page.get_by_role("button", name=PRINT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Print the plan")


class Taken:
    """Keeps the papers that the page was answered with, as the viewer of the browser got them."""

    def __init__(self, page: Page) -> None:
        self.papers: list[APIResponse] = []
        page.route("**/print", self._pass_on)

    def _pass_on(self, route: Route) -> None:
        answer = route.fetch()
        if answer.headers["content-type"] == "application/pdf":
            self.papers.append(answer)
        route.fulfill(response=answer)

    def paper(self) -> bytes:
        (paper,) = self.papers
        assert paper.headers["content-disposition"] == 'inline; filename="my-plan.pdf"'
        assert paper.headers["cache-control"] == "no-store"
        return paper.body()


def is_sent(answer: Response) -> bool:
    return answer.request.method == "POST" and answer.status == 200


@pytest.mark.parametrize("width", [1280, 320])
def test_everything_is_asked_before_a_plan_is_printed(
    loopback_house: House, open_page: OpenPage, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    come_to_the_page(page, loopback_house, write_plan(loopback_house))
    assert_accessible(page)
    expect(page.get_by_label("Easy read")).to_be_checked()
    expect(page.get_by_label("العربية (Arabic)")).to_be_checked()
    expect(page.get_by_text("This plan is due for review")).to_be_visible()
    expect(page.get_by_text("Why do you print it?")).to_be_hidden()
    take_picture(page, f"print-{width}")
    page.get_by_role("button", name=PRINT).click()
    expect(page.get_by_role("alert")).to_contain_text("Say whether it is safe for them")
    assert_accessible(page)
    choose(page, "Is it safe for them to keep a copy?", "No")
    page.get_by_label("Pocket card").check()
    expect(page.get_by_text("The card holds all of this plan")).to_be_visible()
    page.get_by_label("The children's own plan").check()
    expect(page.get_by_text("Nothing is written for the children yet")).to_be_visible()
    page.get_by_label("Password (optional)").fill("short")
    page.get_by_role("button", name=PRINT).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Choose why you print it")
    expect(alert).to_contain_text("The password must be 8 characters or more")
    expect(page.get_by_label("Password (optional)")).to_have_value("")
    assert_accessible(page)
    take_picture(page, f"print-refused-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_locked_plan_in_easy_read_arabic_is_printed_by_keyboard_alone(
    loopback_house: House, page: Page
) -> None:
    taken = Taken(page)
    come_to_the_page(page, loopback_house, write_plan(loopback_house))
    tab_to(page, "Yes")  # easy read and Arabic stand already
    page.keyboard.press("Space")
    tab_to(page, "Password (optional)")
    page.keyboard.type(PASSWORD)
    tab_to(page, PRINT)
    with page.expect_response(is_sent):
        page.keyboard.press("Enter")
    pdf = taken.paper()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(pdf))
    text = words_on(pdf, PASSWORD)
    assert "My aunt is at home after five." in text
    assert "07700 900456" in text
    with pikepdf.open(io.BytesIO(pdf), password=PASSWORD) as document:
        assert (str(document.Root.Lang), str(document.docinfo["/Title"])) == ("ar", "خطتي")


def test_an_unsafe_copy_is_printed_for_a_reason_without_javascript(
    loopback_house: House, open_page: OpenPage
) -> None:
    page = open_page(javascript=False)
    come_to_the_page(page, loopback_house, write_plan(loopback_house))
    page.get_by_label("Standard", exact=True).check()
    page.get_by_label("English", exact=True).check()
    choose(page, "Is it safe for them to keep a copy?", "No")
    page.get_by_role("button", name=PRINT).click()
    expect(page.get_by_role("alert")).to_contain_text("Choose why you print it")
    choose(page, "Why do you print it?", "It stays in our locked office file")
    taken = Taken(page)
    with page.expect_response(is_sent):
        page.get_by_role("button", name=PRINT).click()
    assert "The library, until eight" in words_on(taken.paper())


def test_a_plan_that_names_somebody_leads_to_changing_it(loopback_house: House, page: Page) -> None:
    words = (SectionWords(code="home", own="Bartholomew must not know."),)
    plan = write_plan(loopback_house, VersionBody(sections=words))
    with loopback_house.app.app_context(), transaction():
        case = db.session.get_one(Case, loopback_house.cast.case_id)
        head = PerpetratorHead(
            is_known=True, recorded_on=version_head().review_on, given_name="Bartholomew"
        )
        by = loopback_house.cast.manager
        add_perpetrator(uuid4(), case, head, source="police", confidence="confirmed", by=by)
    loopback_house.enter(page, "manager")
    page.goto(plan)
    page.get_by_role("button", name=PRINT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This plan cannot be printed yet")
    assert_accessible(page)
    take_picture(page, "print-names-somebody")
    page.get_by_role("button", name="Change the plan").click()
    expect(page.get_by_text("Bartholomew must not know.")).to_be_visible()
