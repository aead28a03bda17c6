"""What caseapp says of itself to everybody: easy to read, easy to find, and true."""

import re
from html import unescape

import pytest
from flask import Flask

from caseapp.access.permissions import Permission
from caseapp.access.policy import POLICY, Reason
from caseapp.web.sessions import IDLE_SECONDS

PAGES = ("/privacy", "/accessibility")
LONGEST_SENTENCE = 22  # words
FOR_MANAGERS = {
    Permission.ALLOCATE_CASE,
    Permission.APPROVE_CLOSURE,
    Permission.DECIDE_SHARING,
    Permission.SETTLE_CONFLICT,
}
ABOUT_CASES = {permission for permission, reasons in POLICY.items() if Reason.SUPERVISES in reasons}


def sentences(page: str) -> list[list[str]]:
    """The words of each sentence, list item and heading of the page's main part."""
    main = page.split("<main", 1)[1].split("</main>")[0]
    text = unescape(re.sub(r"</(li|p|h1|h2|td|th|dt|dd|caption)>", ". ", main))
    text = re.sub(r"<[^>]*>", " ", text.split(">", 1)[1])
    return [words for part in re.split(r"[.:?!]\s", text) if (words := part.split())]


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_reads_them_in_short_sentences(app: Flask, path: str) -> None:
    answer = app.test_client().get(path)
    assert answer.status_code == 200
    found = sentences(answer.text)
    assert len(found) > 20
    assert [" ".join(words) for words in found if len(words) > LONGEST_SENTENCE] == []
    assert sum(map(len, found)) / len(found) < 11


@pytest.mark.parametrize("path", ["/sign-in", "/no-such-page"])
def test_every_page_leads_to_them_even_a_page_of_an_error(app: Flask, path: str) -> None:
    footer = app.test_client().get(path).text.split("<footer", 1)[1]
    assert [f'href="{page}"' in footer for page in PAGES] == [True, True]


def granted_to(reason: Reason) -> set[Permission]:
    return {permission for permission, reasons in POLICY.items() if reason in reasons}


def test_who_can_see_this_data_says_what_the_policy_does(app: Flask) -> None:
    """Where this is red, change templates/web/show_privacy.html too."""
    assert granted_to(Reason.SAME_TEAM) == {Permission.OPEN_CASE, Permission.ADD_NOTE}
    assert granted_to(Reason.BROKE_GLASS) == {Permission.OPEN_CASE, Permission.ADD_NOTE}
    assert granted_to(Reason.ASSIGNED) == ABOUT_CASES - FOR_MANAGERS
    assert granted_to(Reason.ADMINISTRATOR) == {
        Permission.MANAGE_ACCOUNTS,
        Permission.READ_AUDIT,
        Permission.SEE_DIRECTORY,
        Permission.KEEP_DIRECTORY,
        Permission.CHOOSE_METHOD,
    }
    assert granted_to(Reason.ANALYST) == {
        Permission.SEE_RELEASES,
        Permission.MAKE_RELEASE,
        Permission.SIGN_RELEASE,
        Permission.CHOOSE_CATALOGUE,
        Permission.KEEP_FIGURES,
        Permission.SEE_BOARD,
        Permission.KEEP_ACTION_PLAN,
        Permission.SEE_DATA_QUALITY,
        Permission.GIVE_SURVEY,
        Permission.SEE_VOICE,
        Permission.KEEP_QUESTIONNAIRES,
        Permission.CODE_ANSWERS,
        Permission.KEEP_FINDINGS,
    }
    assert f"after {IDLE_SECONDS // 60} minutes" in app.test_client().get("/privacy").text
