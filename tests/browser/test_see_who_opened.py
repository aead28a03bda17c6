"""The journey of the question who opened a record: read on the page, printed for the person."""

from playwright.sync_api import Page, expect

from tests.browser.house_of_files import House
from tests.browser.widths import look_at_both_widths
from tests.homes import signed_in_client
from tests.paper_words import words_on


def test_who_opened_a_record_is_read_and_printed(
    page: Page,
    loopback_house: House,
) -> None:
    for who in ("colleague", "other_team"):
        signed_in_client(loopback_house.app, loopback_house.cast.actors[who]).get(
            f"/cases/{loopback_house.cast.case_id}"
        )
    loopback_house.enter(page, "manager")
    page.goto(f"{loopback_house.url}/cases/{loopback_house.cast.case_id}")
    page.get_by_role("link", name="Who opened it").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Works in the team of the case")
    expect(main).to_contain_text("Who was refused")
    look_at_both_widths(page, "files who opened")
    link = page.get_by_role("button", name="Print it for the person").get_attribute("href")
    answer = page.context.request.get(f"{loopback_house.url}{link}")
    words = words_on(answer.body())
    assert "Colleague, worker" in words
    assert "Other Team" not in words
