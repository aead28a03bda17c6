"""An advocate's text outlives whatever happens to the page, and nobody else ever sees it."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.kept_drafts import (
    OURS,
    ROWS,
    TEXT,
    offers,
    save,
    stored_facts,
    text_in,
    write,
)
from tests.browser.killable_house import AWAY, KEPT, House, Typist
from tests.browser.long_forms import LongForm, wait_until_kept


@pytest.fixture
def note(killable_house: House) -> LongForm:
    return LongForm("note", f"/cases/{killable_house.cast.case_id}/notes/new", "assigned_advocate")


def test_whoever_uses_the_computer_next_sees_nothing_and_its_writer_sees_it_again(
    typist: Typist, note: LongForm
) -> None:
    page = typist.open(note)
    write(page)
    page.close()
    page = typist.open(LongForm(note.rule, note.path, "colleague"))
    assert offers(page) == []
    page.goto(f"{typist.house.url}/drafts")
    expect(page.get_by_role("main")).to_contain_text("Nothing is waiting")
    assert "do not ring" not in page.content()
    page = typist.open(note)
    assert offers(page) == ["She said: <b>do not ring</b> & wait. مرحبا 😀"]
    page.get_by_role("button", name="Put it back").click()
    assert text_in(page) == TEXT


def test_two_tabs_keep_their_own_texts_and_later_both_are_offered(
    typist: Typist, note: LongForm
) -> None:
    first = typist.open(note)
    write(first, "The first tab.")
    second = typist.open(note)
    assert offers(second) == ["The first tab."]
    expect(second.get_by_role("status").first).to_contain_text("open in another tab or window")
    expect(second.get_by_role("button", name="Put it back")).to_have_count(0)
    write(second, "The second tab.")
    assert text_in(first) == "The first tab."
    first.close()
    second.close()
    third = typist.open(note)
    assert offers(third) == ["The second tab.", "The first tab."]
    write(third, "The third one.")
    third.get_by_role("button", name="Put it back").last.click()
    expect(third.get_by_label("What happened?")).to_have_value("The first tab.")
    wait_until_kept(third)
    third.close()
    assert sorted(offers(typist.open(note))) == [
        "The first tab.",
        "The second tab.",
        "The third one.",
    ]


def test_a_note_that_was_saved_leaves_no_draft_behind(typist: Typist, note: LongForm) -> None:
    page = typist.open(note)
    write(page, "Saved, and nothing left of it.")
    assert len(page.evaluate(ROWS, OURS)) == 1
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("The note is saved")
    page.goto(f"{typist.house.url}/account")
    assert page.evaluate(ROWS, OURS) == []


def test_a_refused_note_goes_on_under_the_same_draft(typist: Typist, note: LongForm) -> None:
    page = typist.open(note)
    page.get_by_label("What happened?").fill(TEXT)
    wait_until_kept(page)
    save(page)
    expect(page).to_have_title("Error: Add a note – caseapp")
    assert offers(page) == []
    assert text_in(page) == TEXT
    page.get_by_label("What happened?").fill(f"{TEXT} And more.")
    wait_until_kept(page)
    assert len(page.evaluate(ROWS, OURS)) == 1
    write(page, TEXT)
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("The note is saved")


def test_what_could_not_be_sent_is_sent_when_the_network_is_back(
    typist: Typist, note: LongForm
) -> None:
    page = typist.open(note)
    write(page, "Sent at the second try.")
    typist.context.set_offline(True)
    save(page)
    told = page.get_by_role("alert")
    expect(told).to_contain_text(AWAY)
    assert_accessible(page)
    page.get_by_label("What happened?").fill("Sent at the second try. And more.")
    typist.context.set_offline(False)
    expect(told).to_contain_text("caseapp can be reached again")
    page.get_by_role("button", name="Send it again").click()
    expect(page.get_by_role("alert")).to_contain_text("The note is saved")
    assert "Sent at the second try. And more." in stored_facts(typist.house)


def test_a_server_that_dies_in_the_middle_of_a_send_costs_no_text(
    typist: Typist, note: LongForm
) -> None:
    page = typist.open(note)
    write(page, "The server died.")

    def die(route: Route) -> None:
        if route.request.method == "POST":
            typist.house.kill()
        route.continue_()

    page.route(f"**{note.path}", die)
    with page.expect_event("requestfailed", lambda asked: asked.method == "POST"):
        save(page)
    page.close()
    typist.house.bring_back()
    page = typist.open(note)
    page.get_by_role("button", name="Put it back").click()
    assert text_in(page) == "The server died."
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("The note is saved")
    assert stored_facts(typist.house).count("The server died.") == 1


def test_an_answer_that_is_lost_on_its_way_makes_no_second_note(
    typist: Typist, note: LongForm
) -> None:
    page = typist.open(note)
    write(page, "Taken, and nobody was told.")

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.continue_()

    page.route(f"**{note.path}", lose)
    with page.expect_event("requestfailed", lambda asked: asked.method == "POST"):
        save(page)
    page.close()
    assert offers(typist.open(note)) == []  # the first page that is shown says that it was taken
    assert stored_facts(typist.house).count("Taken, and nobody was told.") == 1


@pytest.mark.parametrize("status", [500, 503])
def test_a_page_of_failure_costs_no_text(typist: Typist, note: LongForm, status: int) -> None:
    page = typist.open(note)
    write(page, f"Answered by {status}.")
    page.route(
        f"**{note.path}",
        lambda route: (
            route.fulfill(status=status, body="Sorry")
            if route.request.method == "POST"
            else route.continue_()
        ),
    )
    save(page)
    expect(page.locator("body")).to_have_text("Sorry")
    page.close()
    page = typist.open(note)
    page.get_by_role("button", name="Put it back").click()
    assert text_in(page) == f"Answered by {status}."
    page.get_by_label("What happened?").fill("")


def test_somebody_signed_out_elsewhere_is_told_once_and_led_back_to_the_form(
    typist: Typist, note: LongForm
) -> None:
    page = typist.open(note)
    write(page, "Signed out from another computer.")
    typist.house.end_every_session()
    save(page)
    expect(page.get_by_role("region", name="Important")).to_contain_text(KEPT)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    typist.sign_in(note.typist)
    page = typist.open(note)
    page.get_by_role("button", name="Put it back").click()
    assert text_in(page) == "Signed out from another computer."
