"""An advocate's text outlives whatever happens to the page, and nobody else ever sees it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from caseapp.contacts.models import Note
from caseapp.database import db
from tests.browser.accessibility import assert_accessible
from tests.browser.killable_house import AWAY, KEPT, House, Typist
from tests.browser.long_forms import DRAFTED, LongForm, give_session, read, wait_until_kept
from tests.homes import open_app, running_app

OpenPage = Callable[..., Page]
TEXT = "She said: <b>do not ring</b> & wait.\nمرحبا 😀"
OURS = "caseapp drafts "

ROWS = """
async (prefix) => {
  const found = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith(prefix)) continue;
    const database = await new Promise((resolve) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => resolve(asked.result);
    });
    const rows = await new Promise((resolve) => {
      const asked = database.transaction("drafts").objectStore("drafts").getAll();
      asked.onsuccess = () => resolve(asked.result);
    });
    found.push(...rows.map((row) => [name, row.id]));
    database.close();
  }
  return found;
}
"""
CHANGE_ROWS = """
async (change) => {
  const stores = await indexedDB.databases();
  const { name } = stores.find((each) => each.name.startsWith("caseapp drafts "));
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => resolve(asked.result);
  });
  const rows = database.transaction("drafts", "readwrite").objectStore("drafts");
  const all = await new Promise((resolve) => {
    const asked = rows.getAll();
    asked.onsuccess = () => resolve(asked.result);
  });
  if (change === "older") all.forEach((row) => (row.day -= 31));
  if (change === "swapped") [all[0].body, all[1].body] = [all[1].body, all[0].body];
  if (change === "renamed") [all[0].id, all[1].id] = [all[1].id, all[0].id];
  const put = (row) => new Promise((resolve) => (rows.put(row).onsuccess = resolve));
  await Promise.all(all.map(put));
  database.close();
}
"""


@pytest.fixture
def note(killable_house: House) -> LongForm:
    return LongForm("note", f"/cases/{killable_house.cast.case_id}/notes/new", "assigned_advocate")


def write(page: Page, text: str = TEXT) -> None:
    page.get_by_label("What contact was it?").select_option("office_spoke")
    page.get_by_label("What happened?").fill(text)
    wait_until_kept(page)


def text_in(page: Page) -> str:
    return page.get_by_label("What happened?").input_value()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save the note").click()


def offers(page: Page) -> list[str]:
    """The beginnings of the texts that the page offers, once it has looked for them."""
    expect(page.locator(DRAFTED)).to_have_attribute("data-draft-looked", "yes")
    return page.locator(".app-draft bdi").all_inner_texts()


def stored_facts(house: House) -> list[str]:
    with running_app(open_app(house.settings)) as app, app.app_context():
        return [note.body.fact for note in db.session.scalars(select(Note))]


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


def test_a_draft_grows_old_and_is_discarded_after_thirty_days(
    typist: Typist, note: LongForm
) -> None:
    page = typist.open(note)
    write(page, "Of last month.")
    page.evaluate(CHANGE_ROWS, "older")
    page.close()
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
    page.evaluate(CHANGE_ROWS, how)
    page.close()
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
