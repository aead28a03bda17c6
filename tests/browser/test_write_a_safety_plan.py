"""The journey of a plan: written with the person, changed, and printed for them to keep."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import choose, sign_in
from tests.browser.keyboard import press_access_key, tab_to
from tests.browser.long_forms import put_back, wait_until_kept
from tests.browser.pictures import take_picture
from tests.browser.test_record_an_alleged_perpetrator import record_somebody
from tests.browser.test_work_a_case import open_new_case
from tests.browser.widths import look_at_both_widths
from tests.paper_words import words_on
from tests.serving import Server

OpenPage = Callable[..., Page]
YOUNG = "Write a plan: Violence affecting under-25s"


def begin_plan(page: Page, kind: str = YOUNG) -> None:
    page.get_by_role("link", name="Safety plans").click()
    page.get_by_role("button", name=kind).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Safety plan")


def section(page: Page, heading: str) -> Locator:
    return page.get_by_role("group", name=heading, exact=True)


def fill_section(page: Page, heading: str, own: str, worker: str = "") -> None:
    section(page, heading).get_by_label("In their own words").fill(own)
    section(page, heading).get_by_label("What you add").fill(worker)


def fill_step(page: Page, number: int, when: str, then: str) -> None:
    row = page.get_by_role("group", name=f"Step {number}", exact=True)
    row.get_by_label("If …").fill(when)
    row.get_by_label("I will …").fill(then)


def save(page: Page) -> None:
    with page.expect_navigation():  # the script asks first whether the server is there
        page.get_by_role("button", name="Save the plan").click()


def answer_the_rest(page: Page, copy_is_safe: str) -> None:
    choose(page, "Who agreed to this plan?", "The person themselves")
    choose(page, "Is it safe for them to keep a copy?", copy_is_safe)
    save(page)


def print_it(page: Page) -> bytes:
    """The PDF, fetched as the button would: a browser shows it in a viewer of its own."""
    page.get_by_role("button", name="Print the plan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Print the plan")
    hidden = page.locator("main form input[type=hidden]")
    form = {each.get_attribute("name") or "": each.input_value() for each in hidden.all()}
    answers = {"plan_format": "standard", "language": "en", "copy_is_safe": "yes"}
    printed = page.context.request.post(page.url, form={**form, **answers})
    assert printed.headers["content-disposition"] == 'inline; filename="my-plan.pdf"'
    return printed.body()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_plan_is_written_changed_and_printed(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    open_new_case(page, f"Planner-{'Script' if javascript else 'Plain'}")
    begin_plan(page)
    fill_section(page, "Home", "My aunt, at any hour.", "Her number is in the phone.")
    fill_section(page, "My safe people", "فاطمة الزهراء")
    answer_the_rest(page, "Yes")
    expect(page.get_by_role("main")).to_contain_text("My aunt, at any hour.")

    page.get_by_role("button", name="Change the plan").click()
    fill_section(page, "Home", "My gran, at any hour.")
    answer_the_rest(page, "Yes")
    page.get_by_role("link", name="Version 1").first.click()
    expect(page.get_by_role("main")).to_contain_text("My aunt, at any hour.")
    with page.expect_navigation():
        page.get_by_role("link", name="Read the plan as it stands now").click()
    plan_url = page.url

    sign_in(page, demo_server, "manager")
    page.goto(plan_url)
    text = words_on(print_it(page))
    assert "My gran, at any hour." in text
    assert "فاطمة الزهراء" in text
    assert "My aunt" not in text
    assert "Planner" not in text


@pytest.mark.parametrize("javascript", [True, False])
def test_steps_places_and_people_are_written_in_as_many_rows_as_it_takes(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    open_new_case(page, f"Planner-Rows-{javascript}")
    begin_plan(page)
    if javascript:
        look_at_both_widths(page)
        take_picture(page, "write-a-plan")
    for number in (1, 2, 3):
        fill_step(page, number, f"it is night {number}", f"I take bus {number}")
    page.get_by_role("button", name="More rows: steps").click()
    fourth = page.get_by_role("group", name="Step 4", exact=True)
    expect(fourth.get_by_label("If …")).to_be_focused()
    page.keyboard.type("he rings")
    page.keyboard.press("Tab")
    page.keyboard.type("I hang up")
    place = page.get_by_role("group", name="Place 1", exact=True)
    place.get_by_label("What is it?").select_option("unsafe_place")
    place.get_by_label("Where?").fill("The park after dark")
    person = page.get_by_role("group", name="Person 1", exact=True)
    person.get_by_label("Who?").fill("Aunt May")
    person.get_by_label("They may know of this plan").check()
    answer_the_rest(page, "Yes")
    page.get_by_role("button", name="Change the plan").click()
    expect(fourth.get_by_label("I will …")).to_have_value("I hang up")
    expect(page.get_by_role("group", name="Step 6", exact=True)).to_be_attached()
    expect(place.get_by_label("Where?")).to_have_value("The park after dark")
    expect(person.get_by_label("They may know of this plan")).to_be_checked()


def test_a_half_filled_row_is_found_from_the_summary(page: Page, demo_server: Server) -> None:
    sign_in(page, demo_server, "advocate")
    open_new_case(page, "Planner-Half")
    begin_plan(page)
    fill_step(page, 2, "he rings", "")
    answer_the_rest(page, "Yes")
    look_at_both_widths(page)
    take_picture(page, "write-a-plan-half")
    page.get_by_role("alert").get_by_role("link", name="Write what they will do then").click()
    then = page.get_by_role("group", name="Step 2", exact=True).get_by_label("I will …")
    expect(then).to_be_focused()
    page.get_by_role("button", name="More rows: steps").click()  # of a row with an error too
    expect(page.get_by_text("Error: Write what they will do then")).to_have_count(1)
    then.fill("I hang up")
    save(page)
    expect(page.get_by_role("main")).to_contain_text("I hang up")


def test_what_is_wrong_is_met_first_by_somebody_who_jumped_to_a_section(
    page: Page, demo_server: Server
) -> None:
    sign_in(page, demo_server, "advocate")
    open_new_case(page, "Planner-Jump")
    begin_plan(page)
    page.get_by_role("link", name="Before you save").click()
    save(page)
    expect(page.get_by_role("alert").locator("..")).to_be_focused()


def test_a_plan_is_written_without_a_mouse(page: Page, demo_server: Server) -> None:
    sign_in(page, demo_server, "advocate")
    open_new_case(page, "Planner-Keys")
    begin_plan(page)
    tab_to(page, "My area")
    page.keyboard.press("Enter")
    tab_to(page, "What is it?")
    page.keyboard.type("A safe place")
    page.keyboard.press("Tab")
    page.keyboard.type("The library")
    tab_to(page, "The children’s own plan")
    page.keyboard.press("Enter")
    tab_to(page, "In their own words")
    page.keyboard.type("Under the stairs")
    tab_to(page, "The person themselves")
    page.keyboard.press("Space")
    tab_to(page, "Yes")
    page.keyboard.press("Space")
    with page.expect_navigation():
        press_access_key(page, "s")
    for words in ("The library", "Under the stairs"):
        expect(page.get_by_role("main")).to_contain_text(words)


def test_the_button_to_save_is_always_in_sight_and_covers_nothing_that_is_typed(
    page: Page, demo_server: Server
) -> None:
    sign_in(page, demo_server, "advocate")
    open_new_case(page, "Planner-Bar")
    begin_plan(page)
    page.set_viewport_size({"width": 320, "height": 700})
    button = page.get_by_role("button", name="Save the plan")
    box = section(page, "Phone and online").get_by_label("What you add")
    page.get_by_role("group", name="Step 1", exact=True).get_by_label("If …").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        expect(button).to_be_in_viewport(ratio=1)
    box.focus()
    expect(button).to_be_in_viewport(ratio=1)
    lower, upper = box.bounding_box(), button.bounding_box()
    assert lower
    assert upper
    assert lower["y"] + lower["height"] <= upper["y"]
    take_picture(page, "write-a-plan-narrow")


def test_rows_that_were_added_come_back_with_the_draft(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "advocate")
    open_new_case(page, "Planner-Draft")
    begin_plan(page)
    page.get_by_role("button", name="More rows: steps").click()
    fill_step(page, 5, "the tab is closed", "I write it no second time")
    wait_until_kept(page)
    again = page.context.new_page()
    address = page.url
    page.close()
    again.goto(address)
    put_back(again)
    fifth = again.get_by_role("group", name="Step 5", exact=True)
    expect(fifth.get_by_label("I will …")).to_have_value("I write it no second time")


@pytest.mark.parametrize("javascript", [True, False])
def test_who_did_it_cannot_be_named_and_somebody_else_of_that_name_can(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    sign_in(page, demo_server, "advocate")
    case = open_new_case(page, f"Planner-Named-{javascript}")
    record_somebody(page, f"Underhill-{javascript}", born=(27, 3, 1989))
    page.goto(case)
    begin_plan(page)
    fill_section(page, "Home", "My cousin Torvald has a key.", "Ring 999")
    answer_the_rest(page, "Yes")
    if javascript:
        look_at_both_widths(page)
        take_picture(page, "write-a-plan-named")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Do not name anybody who did harm")
    box = section(page, "Home").get_by_label("In their own words")
    expect(box).to_have_value("My cousin Torvald has a key.")
    page.get_by_label("This is somebody else, who did no harm").check()
    save(page)
    expect(page.get_by_role("main")).to_contain_text("My cousin Torvald has a key.")
    assert "My cousin Torvald" in words_on(print_it(page))


def test_what_the_record_holds_is_filled_in_and_marked(page: Page, demo_server: Server) -> None:
    sign_in(page, demo_server, "advocate")
    open_new_case(page, "Planner-Known")
    page.get_by_role("link", name="Person and needs").click()
    page.get_by_role("button", name="Change these details").click()
    page.locator("details:has(#school) > summary").click()
    page.get_by_label("School, college or work", exact=True).fill("Westway Academy")
    page.get_by_role("button", name="Save").click()
    begin_plan(page)
    school = section(page, "School, college or work")
    expect(school.get_by_label("What you add")).to_have_value(
        "School, college or work: Westway Academy."
    )
    expect(school).to_contain_text("From the record: check it with them")
    look_at_both_widths(page)


def test_two_people_at_once_see_both_texts(open_page: OpenPage, demo_server: Server) -> None:
    first, second = open_page(), open_page()
    sign_in(first, demo_server, "advocate")
    open_new_case(first, "Planner-Both")
    begin_plan(first)
    fill_section(first, "Home", "As it was.")
    answer_the_rest(first, "Yes")
    edit_url = f"{first.url}/edit"

    sign_in(second, demo_server, "manager")
    first.goto(edit_url)
    second.goto(edit_url)
    fill_section(first, "Home", "The advocate's words.")
    fill_step(first, 1, "he rings", "the advocate's step")
    answer_the_rest(first, "Yes")
    fill_section(second, "Home", "The manager's words.")
    fill_step(second, 1, "he rings", "the manager's step")
    answer_the_rest(second, "Yes")
    conflict = second.get_by_role("region", name="What differs")
    for whose in ("advocate", "manager"):
        expect(conflict).to_contain_text(f"The {whose}'s words.")
        expect(conflict).to_contain_text(f"the {whose}'s step")
    assert_accessible(second)
