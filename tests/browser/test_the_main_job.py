"""The whole of it, as five people live it: from a new case to paper, figures and a sound audit."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible
from tests.browser.demo_home import choose, sign_in
from tests.browser.test_work_a_case import add_incident, add_note, open_new_case
from tests.browser.test_write_a_safety_plan import answer_the_rest, fill_section, print_it
from tests.serving import Server

FAMILY_NAME = "Umunna-Thistlewick"
NOTE = "She takes the 52 home now, with her cousin."
PLAN = "If I am followed I go into the library."
A_RELEASE_TAKES = 300_000  # milliseconds, on a machine that has other work
OUT_OF_SIGHT = ("", "/person", "/notes/new", "/incidents/new", "/plans", "/referrals", "/close")


@dataclass(frozen=True)
class Visit:
    """One person at one browser, 1280 pixels wide."""

    page: Page
    server: Server

    def arrive(self, who: str) -> None:
        sign_in(self.page, self.server, who)
        assert_accessible(self.page)

    def press(self, name: str) -> None:
        """Press a button, and look at the page that it leads to."""
        self.page.get_by_role("button", name=name, exact=True).click()
        assert_accessible(self.page)

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).click()
        assert_accessible(self.page)

    def search(self, name: str) -> None:
        self.follow("Search")
        self.page.get_by_label("Name or reference").fill(name)
        self.press("Search")

    def status_of(self, address: str) -> int:
        response = self.page.goto(address)
        assert response is not None
        return response.status

    def reads(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)


@pytest.fixture
def visit(open_page: Callable[..., Page], demo_server: Server) -> Visit:
    return Visit(open_page(viewport={"width": 1280, "height": 900}), demo_server)


def test_a_case_is_worked_printed_counted_and_accounted_for(visit: Visit, tmp_path: Path) -> None:
    case, plan = advocate_works_a_new_case(visit)
    manager_prints_the_plan(visit, plan, tmp_path / "plan.pdf")
    colleague_reads_and_covers(visit, case, plan)
    others_see_nothing(visit, case)
    analyst_makes_a_month(visit)
    manager_signs_it(visit)
    analyst_takes_it(visit)
    administrator_verifies_the_audit(visit)


def advocate_works_a_new_case(visit: Visit) -> tuple[str, str]:
    """Returns the addresses of the case and of its plan."""
    page = visit.page
    visit.arrive("advocate")
    case = open_new_case(page, FAMILY_NAME)
    assert_accessible(page)
    expect(page.get_by_role("definition").nth(1)).to_have_text("17")
    needs = page.get_by_text("Needs: Understanding what is said (Diagnosed)")
    expect(needs).to_be_visible()
    add_incident(page)
    add_note(page, NOTE)
    assert_accessible(page)
    visit.reads("Incident: Personal robbery")
    visit.reads(NOTE)
    visit.follow("Safety plans")
    expect(needs).to_be_visible()
    visit.press("Write a plan: Violence affecting under-25s")
    fill_section(page, "Getting around", PLAN)
    answer_the_rest(page, "Yes")
    assert_accessible(page)
    return case, page.url


def manager_prints_the_plan(visit: Visit, plan: str, file: Path) -> None:
    visit.arrive("manager")
    page = visit.page
    visit.search(FAMILY_NAME)
    visit.follow(f"Amara {FAMILY_NAME}")
    visit.reads(NOTE)
    page.goto(plan)
    assert_accessible(page)
    file.write_bytes(print_it(page))
    assert_accessible(page)
    with pypdfium2.PdfDocument(file) as paper:
        assert PLAN in " ".join("".join(map(words_of, paper)).split())
    with pikepdf.open(file) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.docinfo["/Title"]) == "My plan"
        assert not re.search("Amara|Umunna", f"{dict(pdf.docinfo)} {pdf.open_metadata()}")


def words_of(sheet: pypdfium2.PdfPage) -> str:
    return str(sheet.get_textpage().get_text_bounded())


def colleague_reads_and_covers(visit: Visit, case: str, plan: str) -> None:
    """A colleague may read and add a note, and nothing else."""
    visit.arrive("colleague")
    page = visit.page
    page.goto(case)
    visit.reads(NOTE)
    assert_accessible(page)
    add_note(page, "She rang while her advocate was away.")
    visit.reads("She rang while her advocate was away.")
    page.goto(plan)
    visit.reads(PLAN)
    assert_accessible(page)
    offered = page.get_by_role("main").get_by_role("button").all_inner_texts()
    assert offered == []
    refused = ("/person/edit", "/incidents/new", "/risk", "/close", "/allocate", "/referrals/new")
    assert {visit.status_of(f"{case}{page}") for page in refused} == {404}
    assert {visit.status_of(f"{plan}{page}") for page in ("/edit", "/print")} == {404}


def others_see_nothing(visit: Visit, case: str) -> None:
    for who in ("other-team", "analyst", "administrator"):
        visit.arrive(who)
        assert {visit.status_of(f"{case}{page}") for page in OUT_OF_SIGHT} == {404}
        assert_accessible(visit.page)
    visit.arrive("other-team")
    visit.search(FAMILY_NAME[:8])
    visit.reads("No case of your team matches")


def analyst_makes_a_month(visit: Visit) -> None:
    visit.arrive("analyst")
    page = visit.page
    page.get_by_label("Month").select_option(index=1)
    visit.press("Make the release")
    made = page.get_by_role("link", name="See what came of it")
    done = page.get_by_text("a second person has to sign it")
    expect(made.or_(done)).to_be_visible(timeout=A_RELEASE_TAKES)
    if made.is_visible():
        made.click()
    expect(done).to_be_visible()
    assert_accessible(page)


def manager_signs_it(visit: Visit) -> None:
    open_the_release(visit, "manager")
    choose(visit.page, "May this release leave?", "Yes, I sign it")
    visit.press("Save the decision")
    expect(visit.page.get_by_role("alert")).to_contain_text("The release is signed")


def analyst_takes_it(visit: Visit) -> None:
    open_the_release(visit, "analyst")
    page, done = visit.page, visit.page.get_by_role("button", name="Download the release")
    expect(done).to_be_visible()
    assert_accessible(page)
    answer = page.context.request.get(f"{visit.server.url}{done.get_attribute('href')}")
    with ZipFile(io.BytesIO(answer.body())) as release:
        names = {Path(name).name for name in release.namelist()}
        text = "".join(release.read(name).decode("utf-8", "replace") for name in release.namelist())
    assert names >= {
        "certificate.json",
        "certificate.html",
        "release.ods",
        "theme_by_ward_and_age.csv",
    }
    assert "Umunna" not in text


def open_the_release(visit: Visit, who: str) -> None:
    """The one of the ledger."""
    visit.arrive(who)
    visit.page.goto(f"{visit.server.url}/releases")
    visit.page.get_by_role("table").get_by_role("link").first.click()
    expect(visit.page.get_by_role("heading", level=1)).to_contain_text("Release of")


def administrator_verifies_the_audit(visit: Visit) -> None:
    visit.arrive("administrator")
    visit.follow("Audit")
    visit.reads("Plan printed")
    assert FAMILY_NAME not in visit.page.content()
    visit.press("Verify now")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("The audit holds")
