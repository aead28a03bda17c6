"""A manager brings a caseload in: file, columns, first rows, progress, faulty rows mended."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import sign_in
from tests.browser.pictures import take_picture
from tests.serving import Server
from tests.unit.imports.caseloads import caseload

OpenPage = Callable[..., Page]
ROWS_OF_SOME_SECONDS = 300


def file_of(content: bytes) -> FilePayload:
    return {"name": "our list.csv", "mimeType": "text/csv", "buffer": content}


@pytest.mark.parametrize("javascript", [True, False])
def test_a_caseload_comes_in_and_its_faulty_rows_come_back(
    open_page: OpenPage, demo_server: Server, javascript: bool
) -> None:
    page = open_page(javascript=javascript)
    check = assert_accessible if javascript else bool
    # Rows of their own for each run: what was brought in before is known.
    content = caseload(30, faulty=3).replace(b"YV-", b"JS-" if javascript else b"NJ-")
    sign_in(page, demo_server, "manager")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Import").click()
    page.get_by_label("Spreadsheet").set_input_files(file_of(content))
    check(page)
    page.get_by_role("button", name="Go on").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("30 rows")
    expect(page.get_by_label("Surname")).to_have_value("family_name")
    check(page)
    take_picture(page, "import-columns")
    page.get_by_role("button", name="Look at the first rows").click()
    expect(main).to_contain_text("have a fault")
    check(page)
    take_picture(page, "import-preview")
    page.get_by_role("button", name="Bring in 30 rows").click()
    look = page.locator("[data-look-again]")
    done = page.get_by_role("button", name="Download the faulty rows")
    expect(look.or_(done)).to_be_visible()
    while look.is_visible():
        with page.expect_navigation():
            look.click()
    expect(done).to_be_visible()
    check(page)
    take_picture(page, "import-done")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the faulty rows").click()
    faulty = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert len(faulty) == 4
    page.get_by_role("button", name="Remove the file").click()
    expect(main).to_contain_text("The file is removed")


def test_a_long_import_says_how_far_it_is_and_leaves_everybody_where_they_are(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "manager")
    page.goto(f"{demo_server.url}/imports")
    many = caseload(ROWS_OF_SOME_SECONDS).replace(b"YV-", b"LG-")
    page.get_by_label("Spreadsheet").set_input_files(file_of(many))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Look at the first rows").click()
    page.get_by_role("button", name="Bring in").click()
    line, look = page.get_by_role("status"), page.locator("[data-look-again]")
    expect(line).to_contain_text("rows are done")
    take_picture(page, "import-running")
    assert_accessible(page)
    look.focus()
    page.evaluate("document.body.dataset.same = 'yes'")
    expect(line).to_have_text("This has ended.", timeout=120_000)
    expect(look).to_have_text("See what came of it")
    expect(look).to_be_focused()
    assert page.evaluate("document.body.dataset.same") == "yes"  # the page was never changed
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("What came of the spreadsheet")
    page.get_by_role("button", name="Remove the file").click()


def test_a_file_that_is_no_spreadsheet_is_refused_beside_its_question(
    open_page: OpenPage, demo_server: Server
) -> None:
    page = open_page()
    sign_in(page, demo_server, "manager")
    page.goto(f"{demo_server.url}/imports")
    page.get_by_label("Spreadsheet").set_input_files(file_of(b"\x00\x01\x02"))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert")).to_contain_text("The letters of the file cannot be read")
    assert_accessible(page)
