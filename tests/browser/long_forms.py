"""How to fill in any long form, read it back, and count what is gone."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from caseapp.access.actors import Actor
from config import Settings
from tests.homes import open_app, running_app, signed_in_client

DRAFTED = "form[data-never-drafted]"

# Long, right to left, an emoji of several parts, line breaks, and what markup would swallow.
TYPED = (
    'She said: <b>do not ring</b> & "wait" \'til five.\n'
    "مرحبا، لا تتصلي بي قبل الخامسة مساءً\n\n"
    "\t👩🏽‍⚕️ 😀 e\u0301 ß 漢字\u00a0\u200f end  "
) + "and then nothing more was heard of him. " * 40

# Answers as a person leaves them, whatever the question: each box gets another one.
FILL = """
(form, typed) => {
  const kept = ["hidden", "submit", "button", "file", "password"];
  [...form.elements].forEach((box, number) => {
    if (!box.name || kept.includes(box.type)) return;
    if (box.type === "checkbox") box.checked = !box.checked;
    else if (box.type === "radio") box.checked = true;
    else if (box.tagName === "SELECT") box.selectedIndex = box.options.length - 1;
    else box.value = box.tagName === "TEXTAREA" ? `${number} ${typed}` : `${number} علي 😀 O'Neil`;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
"""
# A password or a one-time code is in no draft, and so is not read.
READ = """
(form) => [...form.elements]
  .filter((box) => !form.dataset.neverDrafted.split(" ").includes(box.name))
  .filter((box) => box.name && !["submit", "button", "file", "password"].includes(box.type))
  .filter((box) => box.type !== "hidden" || box.name.endsWith("record_id"))
  .map((box) => [box, ["checkbox", "radio"].includes(box.type)])
  .map(([box, isTick]) => [box.name, isTick ? String(box.checked) : box.value])
"""


@dataclass(frozen=True)
class LongForm:
    """A page with a long form on it, and who may fill it in."""

    rule: str
    path: str
    typist: str


def fill(page: Page) -> list[list[str]]:
    """Fill in everything and wait until it is kept; returns what stands in the form then."""
    page.locator(DRAFTED).evaluate(FILL, TYPED)
    wait_until_kept(page)
    return read(page)


def wait_until_kept(page: Page) -> None:
    """Also until the page has looked for what was left: it keeps what was typed once more then."""
    expect(page.locator(DRAFTED)).to_have_attribute("data-draft-looked", "yes")
    expect(page.locator(DRAFTED)).to_have_attribute("data-draft-state", "kept")


def read(page: Page) -> list[list[str]]:
    answers: list[list[str]] = page.locator(DRAFTED).evaluate(READ)
    return answers


def characters_lost(before: list[list[str]], after: list[list[str]]) -> int:
    """How many characters are no longer in the box that they were typed into."""
    if len(before) != len(after):
        return sum(len(text) for _, text in before)
    pairs = zip(before, after, strict=True)
    return sum(
        sum(a != b for a, b in zip(was, now, strict=False)) + max(0, len(was) - len(now))
        for (_, was), (_, now) in pairs
    )


def put_back(page: Page) -> list[list[str]]:
    """Take the one offer of the page, as its reader would; returns what stands in the form."""
    page.get_by_role("button", name="Put it back").click()
    wait_until_kept(page)
    return read(page)


def give_session(context: BrowserContext, settings: Settings, url: str, actor: Actor) -> None:
    """Sign in without the form, whose work is shown elsewhere."""
    with running_app(open_app(settings)) as app:
        cookie: Any = signed_in_client(app, actor).get_cookie("caseapp")
    context.clear_cookies()
    context.add_cookies([{"name": "caseapp", "value": cookie.value, "url": url}])
