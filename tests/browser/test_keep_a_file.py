"""The journey of a file: added, downloaded, removed with a reason."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house_of_files import House
from tests.browser.keyboard import tab_to
from tests.browser.widths import look_at_both_widths
from tests.files_to_send import pdf, png

OpenPage = Callable[..., Page]


def add(page: Page, name: str, content: bytes) -> None:
    sent = {"name": name, "mimeType": "application/pdf", "buffer": content}
    page.get_by_label("File", exact=True).set_input_files(sent)  # type: ignore[arg-type]
    page.get_by_label("What is it?").fill("Letter from the college")
    page.get_by_label("Who gave it to us?").fill("The college")
    page.get_by_role("group", name="somebody other").get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Save the file").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_file_is_added_downloaded_and_removed(
    loopback_house: House,
    open_page: OpenPage,
    tmp_path: Path,
    javascript: bool,
) -> None:
    page = open_page(javascript=javascript)
    loopback_house.enter(page, "assigned_advocate")
    page.goto(f"{loopback_house.url}/cases/{loopback_house.cast.case_id}")
    page.get_by_role("link", name="Files", exact=True).click()
    page.get_by_role("button", name="Add a file").click()
    add(page, "letter.pdf", png())
    expect(page.get_by_role("alert")).to_contain_text("its content is a PNG picture")
    expect(page.get_by_label("What is it?")).to_have_value("Letter from the college")
    if javascript:
        look_at_both_widths(page, "files refused")
    add(page, "letter.pdf", pdf())
    expect(page.get_by_role("main")).to_contain_text("Somebody else’s information")
    if javascript:
        look_at_both_widths(page, "files listed")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "letter.pdf"
    assert Path(download.value.path()).read_bytes() == pdf()

    page.get_by_role("link", name="Remove").click()
    if javascript:
        look_at_both_widths(page, "files removing")
    page.get_by_label("Why is it removed?").fill("It belongs to another case.")
    page.get_by_role("button", name="Remove the file").click()
    expect(page.get_by_role("main")).to_contain_text("It belongs to another case.")
    expect(page.get_by_role("link", name="Download")).to_have_count(0)


def test_a_file_is_added_by_keyboard(loopback_house: House, page: Page) -> None:
    page.on("filechooser", lambda _: None)  # or it is only listened for when Enter was pressed
    loopback_house.enter(page, "assigned_advocate")
    page.goto(f"{loopback_house.url}/cases/{loopback_house.cast.case_id}/files/new")
    tab_to(page, "What is it?")
    page.keyboard.press("Shift+Tab")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    page.keyboard.press("Tab")
    page.keyboard.type("Letter")
    tab_to(page, "Yes")
    page.keyboard.press("Space")
    tab_to(page, "Save the file")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("The file is saved")
