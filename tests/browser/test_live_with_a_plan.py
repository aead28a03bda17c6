"""The life of a plan: three versions, easy read in Arabic, an overdue review, a manager's pack."""

import io
import zipfile

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from caseapp.languages import catalogue
from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import choose, sign_in
from tests.browser.pictures import take_picture
from tests.browser.test_make_a_pack import to_choosing, wait_until_made
from tests.browser.test_review_a_plan import overdue_plan
from tests.browser.test_work_a_case import add_incident, open_new_case
from tests.browser.test_write_a_safety_plan import (
    answer_the_rest,
    begin_plan,
    fill_section,
    fill_step,
)
from tests.serving import Server
from tests.unit.documents.read_aloud import Reader, without_spaces
from tests.unit.packs.packing import PASSWORD

FAMILY_NAME = "Planner-Whole-Life"
FIRST, SECOND, THIRD = "أذهب إلى خالتي.", "أذهب إلى جدتي.", "أبقى في المكتبة."


def test_a_plan_lives_from_its_first_words_to_the_managers_pack(
    page: Page, own_demo_server: Server
) -> None:
    plan = advocate_writes_three_versions(page, own_demo_server)
    advocate_compares_them(page, plan)
    advocate_prints_it_in_easy_read_arabic(page, plan)
    advocate_reviews_what_is_overdue(page, own_demo_server)
    manager_takes_it_out_in_a_pack(page, own_demo_server)


def advocate_writes_three_versions(page: Page, server: Server) -> str:
    """Returns the address of the plan."""
    sign_in(page, server, "advocate")
    case = open_new_case(page, FAMILY_NAME)
    begin_plan(page)
    fill_section(page, "Home", FIRST, "Walked there together.")
    fill_step(page, 1, "they wait outside", "I ring my aunt")
    answer_the_rest(page, "Yes")
    plan = page.url
    page.goto(case)
    add_incident(page)
    page.goto(plan)
    expect(page.get_by_role("main")).to_contain_text("A new incident was recorded")
    page.get_by_role("button", name="Review the plan").click()
    fill_section(page, "Home", SECOND, "Walked there together.")
    answer_the_rest(page, "Yes")
    page.get_by_role("button", name="Change the plan").click()
    fill_section(page, "Home", THIRD)
    choose(page, "In which format do they read best?", "Easy read")
    page.get_by_label("العربية (Arabic)").check()
    answer_the_rest(page, "Yes")
    expect(page.get_by_role("main")).to_contain_text("Version 3")
    assert_accessible(page)
    return plan


def advocate_compares_them(page: Page, plan: str) -> None:
    page.goto(f"{plan}/compare?from=1&to=3")
    main = page.get_by_role("main")
    expect(main).to_contain_text("from version 1 to version 3")
    expect(main.get_by_role("deletion").filter(has_text="خالتي")).to_have_count(1)
    expect(main.get_by_role("insertion").filter(has_text="المكتبة")).to_have_count(1)
    assert_accessible(page)


def advocate_prints_it_in_easy_read_arabic(page: Page, plan: str) -> None:
    """The form proposes what the version says; the PDF is fetched as its button would."""
    page.goto(f"{plan}/print")
    expect(page.get_by_label("Easy read")).to_be_checked()
    expect(page.get_by_label("العربية (Arabic)")).to_be_checked()
    take_picture(page, "print-easy-read-arabic")
    hidden = page.locator("main form input[type=hidden]")
    form = {each.get_attribute("name") or "": each.input_value() for each in hidden.all()}
    answers = {"plan_format": "easy_read", "language": "ar", "copy_is_safe": "yes"}
    pdf = page.context.request.post(page.url, form={**form, **answers}).body()
    said = Reader(pdf).text
    for words in (THIRD, catalogue("ar").phrase("In danger now?"), "999", "I ring my aunt"):
        assert without_spaces(words) in said
    assert without_spaces(FIRST) not in said
    assert FAMILY_NAME not in said


def advocate_reviews_what_is_overdue(page: Page, server: Server) -> None:
    row = overdue_plan(page, server)
    with page.expect_navigation():
        row.get_by_role("link", name="Review the safety plan").click()
    overdue = page.get_by_text("The review of this plan is overdue")
    expect(overdue).to_be_visible()
    page.get_by_role("button", name="Review the plan").click()
    answer_the_rest(page, "No")
    expect(page.get_by_role("main")).to_contain_text("Next review")
    expect(overdue).to_have_count(0)


def manager_takes_it_out_in_a_pack(page: Page, server: Server) -> None:
    to_choosing(page, server)
    page.get_by_role("checkbox", name=FAMILY_NAME).check()
    page.get_by_role("button", name="Go on with the chosen cases").click()
    page.get_by_label("Password of the pack", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the pack").click()
    wait_until_made(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the plans").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        (only,) = archive.namelist()
        locked = archive.read(only)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    with pikepdf.open(io.BytesIO(locked), password=PASSWORD) as document:
        assert document.Root.Lang == "ar"  # in the form and language that fit its reader
