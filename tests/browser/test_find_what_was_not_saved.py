"""Drafts in the browser: how long they are kept, who opens them, and how they look."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_accessible
from tests.browser.kept_drafts import (
    CHANGE_ROWS,
    OURS,
    ROWS,
    TEXT,
    OpenPage,
    offers,
    save,
    write,
)
from tests.browser.killable_house import House, Typist
from tests.browser.long_forms import LongForm, give_session, read, wait_until_kept


@pytest.fixture
def note(killable_house: House) -> LongForm:
    return LongForm("note", f"/cases/{killable_house.cast.case_id}/notes/new", "assigned_advocate")


def change_rows(typist: Typist, how: str) -> None:
    """From a page without a long form: one with it may keep once more what was typed there."""
    page = typist.open(LongForm("account", "/account", "assigned_advocate"))
    page.evaluate(CHANGE_ROWS, how)
    page.close()


def test_a_draft_grows_old_and_is_discarded_after_thirty_days(
    typist: Typist, note: LongForm
) -> None:
    page = typist.open(note)
    write(page, "Of last month.")
    page.close()
    change_rows(typist, "older")
    page = typist.open(note)
    assert offers(page) == []
    assert page.evaluate(ROWS, OURS) == []


@pytest.mark.parametrize("how", ["swapped", "renamed"])
def test_sealed_drafts_that_were_exchanged_open_as_nothing(
    typist: Typist, note: LongForm, how: str
) -> None:
    page = typist.open(note)
    write(page, "One.")
    page.close()
    page = typist.open(note)
    write(page, "Two.")
    page.close()
    change_rows(typist, how)
    assert offers(typist.open(note)) == []


def test_the_key_cannot_be_taken_out_of_the_page(typist: Typist, note: LongForm) -> None:
    page = typist.open(note)
    refused = page.evaluate(
        """
        async () => {
          const { openStore } = await import("/static/draft_store.js");
          const { key } = await openStore();
          return crypto.subtle.exportKey("raw", key).then(() => "taken", (failure) => failure.name);
        }
        """
    )
    assert refused == "InvalidAccessError"


def test_a_page_asks_for_the_key_once_and_a_page_without_a_long_form_never(
    typist: Typist, note: LongForm
) -> None:
    page = typist.open(LongForm("account", "/account", note.typist))
    asked: list[str] = []
    page.on(
        "request", lambda sent: asked.append(sent.method) if "/drafts/key" in sent.url else None
    )
    for path in ("/account", f"/cases/{typist.house.cast.case_id}", "/cases"):
        page.goto(typist.house.url + path)
    assert asked == []
    page.goto(typist.house.url + note.path)
    write(page, "a" * 50)
    page.get_by_label("What happened?").press_sequentially("Typed one by one. " * 5)
    wait_until_kept(page)
    assert asked == ["POST"]


def test_the_list_shows_what_was_typed_opens_it_and_discards_it(
    typist: Typist, note: LongForm
) -> None:
    page = typist.open(note)
    write(page)
    page.close()
    page = typist.open(LongForm("account", "/account", note.typist))
    page.get_by_role("link", name="See what this browser keeps for you").click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Add a note")
    page.get_by_text("Show what you typed").click()
    expect(page.get_by_role("main")).to_contain_text("She said: <b>do not ring</b> & wait.")
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Add a note").click()
    expect(page.get_by_label("What happened?")).to_have_value(TEXT)
    assert offers(page) == []
    wait_until_kept(page)
    page.goto(f"{typist.house.url}/drafts")
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing is waiting")
    assert page.evaluate(ROWS, OURS) == []


def test_the_offer_and_the_words_about_keeping_are_accessible(
    typist: Typist, note: LongForm
) -> None:
    page = typist.open(note)
    write(page)
    expect(page.get_by_text("What you type is kept in this browser")).to_be_visible()
    page.close()
    page = typist.open(note)
    assert offers(page)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert_accessible(page)
    back = page.get_by_role("button", name="Put it back")
    back.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("What happened?")).to_have_value(TEXT)
    expect(page.get_by_label("What contact was it?")).to_be_focused()


NOTHING = "This browser cannot keep what you type"
FULL = "This browser has no room to keep what you type"


@pytest.mark.parametrize(
    ("take_away", "says"),
    [
        ("Object.defineProperty(window, 'indexedDB', { value: undefined })", NOTHING),
        ("IDBFactory.prototype.open = () => { throw new DOMException('', 'Refused') }", NOTHING),
        ("IDBObjectStore.prototype.put = () => { throw new DOMException('', FULL) }", FULL),
    ],
    ids=["none", "refused", "full"],
)
def test_a_browser_that_keeps_nothing_says_so_and_saves_all_the_same(
    typist: Typist, note: LongForm, take_away: str, says: str
) -> None:
    typist.context.add_init_script(f"const FULL = 'QuotaExceededError'; {take_away}")
    page = typist.open(note)
    page.get_by_label("What contact was it?").select_option("office_spoke")
    page.get_by_label("What happened?").fill(f"Saved without a draft: {says}")
    expect(page.get_by_text(says)).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("The note is saved")


def test_without_a_script_the_form_is_as_it_was(
    open_page: OpenPage, typist: Typist, note: LongForm
) -> None:
    page = open_page(javascript=False)
    house = typist.house
    give_session(page.context, house.settings, house.url, house.cast.assigned_advocate)
    page.goto(typist.house.url + note.path)
    expect(page.locator(".app-draft:visible")).to_have_count(0)
    expect(page.get_by_text("What you type is kept")).to_have_count(0)
    page.get_by_label("What contact was it?").select_option("office_spoke")
    page.get_by_label("What happened?").fill("No script at all.")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("The note is saved")


def test_a_password_is_in_no_draft_though_the_reason_beside_it_is(typist: Typist) -> None:
    emergency = LongForm("emergency", "/emergency", "other_team")
    page = typist.open(emergency)
    page.locator("textarea").first.fill("A call from the hospital.")
    page.get_by_label("Password", exact=False).first.fill("lantern-orchard-violet-91")
    wait_until_kept(page)
    page.close()
    page = typist.open(emergency)
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("textarea").first).to_have_value("A call from the hospital.")
    assert page.locator("input[type=password]").first.input_value() == ""
    page.goto(f"{typist.house.url}/drafts")
    page.get_by_text("Show what you typed").click()
    expect(page.get_by_role("main")).to_contain_text("A call from the hospital.")
    assert "lantern-orchard" not in page.content()


def test_typing_is_never_held_up_by_sealing_a_hundred_thousand_letters(
    typist: Typist, note: LongForm
) -> None:
    """Nothing but taking a copy happens while a key is down: the sealing goes on beside it."""
    page = typist.open(note)
    write(page, "مرحبا 😀 word " * 7_000)
    page.get_by_label("What happened?").press_sequentially("x" * 40)
    wait_until_kept(page)
    before = read(page)
    page.close()
    page = typist.open(note)
    page.get_by_role("button", name="Put it back").click()
    assert [pair for pair in read(page) if pair[0] == "fact"] == [
        pair for pair in before if pair[0] == "fact"
    ]
