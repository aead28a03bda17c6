"""Ten jobs of an advocate's week, each as somebody does it who has done it a hundred times.

Each begins on the page where the work begins, and ends where the page says that it is done.
"""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from caseapp.clock import today
from tests.browser.hands import Hands

Job = Callable[[Hands, str], None]
FACT = "She feels safer on the other bus."


def _case_of_letters(hands: Hands, letters: str) -> None:
    hands.type(letters)
    expect(hands.page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    hands.enter()


def _note(hands: Hands, letters: str) -> None:
    hands.key("q")
    _case_of_letters(hands, letters)
    hands.press("p", "Tab")
    hands.type(FACT)


def quick_note(hands: Hands, letters: str) -> None:
    """From any page."""
    _note(hands, letters)
    hands.save()
    expect(hands.page.get_by_role("listitem").filter(has_text=FACT).first).to_be_visible()


def task_from_note(hands: Hands, letters: str) -> None:
    """From any page: the note's next action becomes a task, which is done and finished."""
    _note(hands, letters)
    hands.answer("What happens next?", "Ring Mo")
    hands.save()
    hands.follow("All tasks")
    row = hands.page.get_by_role("row").filter(has_text="Ring Mo")
    row.get_by_role("button", name="Done").click()
    expect(row.get_by_role("button", name="Not done after all")).to_be_visible()


def find_case(hands: Hands, letters: str) -> None:
    """From any page."""
    hands.follow("Search")
    hands.type(letters)
    hands.enter()
    with hands.page.expect_navigation():
        hands.page.locator("main tbody a").first.click()
    expect(hands.page.get_by_role("heading", level=1)).to_contain_text("Case overview")


def record_dash(hands: Hands, _letters: str) -> None:
    """From the case of an IDVA."""
    hands.follow("Judge the risk")
    hands.type("1-15")
    hands.enter()
    expect(hands.page.locator(".app-identity")).to_contain_text("High risk")


def add_incident(hands: Hands, _letters: str) -> None:
    """From the case: yesterday's, reported, with its outcome."""
    on = today() - timedelta(days=1)
    hands.follow("Add an incident")
    hands.date("When did it happen?", str(on.day), str(on.month), str(on.year))
    hands.tick("Was it domestic abuse?", "No")
    hands.answer("What was it?", "Pers")
    hands.answer("Ward", "Dal")
    hands.answer("What happened?", "Her phone was taken at the bus stop.")
    hands.tick("Was it reported to the police?", "Yes")
    hands.answer("Criminal-justice outcome", "Inv")
    hands.save()
    expect(
        hands.page.get_by_text("Outcome: Investigation complete, no suspect identified").first
    ).to_be_visible()


def refer_out(hands: Hands, _letters: str) -> None:
    """From the case, to a service of the directory, with the person's agreement."""
    hands.follow("Make a referral")
    hands.answer("What kind of help?", "Debt")
    hands.answer("Service in the directory", "Measured")
    hands.answer(
        "What do they need, and what do you ask the agency to do?",
        "Somebody to talk to the bank with her.",
    )
    hands.tick("Did they agree to this referral?", "They agreed")
    hands.tick("On what basis do you share this?", "Public task, safeguarding")
    hands.tick("Do they know about this sharing?", "Yes")
    hands.save()
    expect(hands.page.get_by_role("main")).to_contain_text("Measured advice")


def refer_to_marac(hands: Hands, _letters: str) -> None:
    """From the case, where the criteria are met; most of it is filled in."""
    hands.follow("Refer to the MARAC")
    finish_marac(hands, hands.page)


def finish_marac(hands: Hands, page: Page) -> None:
    """What the record cannot know."""
    hands.tick("Is it a repeat: abuse again within 12 months of the last referral?", "No")
    hands.answer("What does the person want to happen?", "To stay in her home.")
    hands.tick("What types of violence", "Physical")
    hands.tick("Who is the alleged perpetrator?", "Not known, or not recorded")
    known = page.get_by_label("What is known of the alleged perpetrator?")
    if not known.input_value():
        known.click()
        hands.type("Nothing is known of them yet.")
    hands.tick("Did they agree to this sharing?", "They agreed")
    hands.tick("On what basis do you share this?", "Public task, safeguarding")
    hands.tick("Does the person know about this referral?", "Yes")
    hands.save()
    expect(page.get_by_role("main")).to_contain_text("stands in the sharing log")


def review_plan(hands: Hands, _letters: str) -> None:
    """From the case: a few words more, agreed, the next version."""
    hands.follow("Safety plans")
    hands.follow("Violence affecting under-25s")
    hands.follow("Change the plan")
    hands.page.get_by_label("In their own words").first.click()
    hands.type("My gran, at any hour. ")
    hands.tick("Who agreed to this plan?", "The person themselves")
    hands.tick("Is it safe for them to keep a copy?", "Yes")
    hands.save()
    expect(hands.page.get_by_role("main")).to_contain_text("My gran, at any hour.")


def open_case(hands: Hands, family_name: str) -> None:
    """From any page, with what a first call tells."""
    born = today() - timedelta(days=17 * 366)
    hands.follow("New case")
    hands.answer("First name", "Amara")
    hands.answer("Family name", family_name, tabs=1)
    hands.date("Date of birth", str(born.day), str(born.month), str(born.year))
    hands.tick("Sex", "Female")
    hands.answer("Ethnicity", "Afr")
    hands.tick("Do they live in the borough?", "Lives in the borough")
    hands.answer("Ward", "Dal")
    hands.answer("Who referred them?", "School")
    hands.answer("What has happened, in short?", "Followed home and robbed twice.")
    hands.tick("Level of risk", "High")
    hands.save()
    expect(hands.page.get_by_role("heading", level=1)).to_contain_text("Case overview")


def ask_to_close(hands: Hands, _letters: str) -> None:
    """From the case; the manager answers."""
    hands.follow("Close the case")
    hands.tick("Why does the case close?", "Planned, needs met")
    hands.tick("Level of risk at closure", "Standard")
    hands.tick("Has the harm stopped or become less?", "Yes")
    hands.answer("What should be known if they come back?", "Ring her aunt first.")
    hands.save()
    expect(hands.page.get_by_role("main")).to_contain_text("Your manager is asked to agree")
