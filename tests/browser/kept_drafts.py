"""Writing a note that is not saved, and looking at what the browser keeps of it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect
from sqlalchemy import select

from caseapp.contacts.models import Note
from caseapp.database import db
from tests.browser.killable_house import House
from tests.browser.long_forms import DRAFTED, wait_until_kept
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
