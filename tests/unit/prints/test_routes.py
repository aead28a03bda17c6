"""Taking a plan out as a PDF: who may, what is asked, audited and refused, what the paper says."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import page as pdf_checker
import pikepdf
import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseapp.cases.actions import allocate_case
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.plans.models import SectionWords, VersionBody
from caseapp.prints import printing
from tests.cast import Cast
from tests.paper_words import words_on
from tests.unit.plans.conftest import WritePlan, version_body
from tests.unit.prints.conftest import UNSAFE, entries, print_it, rewrite
from tests.visits import send

pytestmark = pytest.mark.usefixtures("own_printer")

ClientOf = Callable[[str], FlaskClient]
Printed = Callable[[], list[dict[str, object]]]
PRINTED = {"version": 1, "format": "standard", "language": "en", "locked": 0}
PASSWORD = "lantern orchard"


@pytest.fixture
def unsafe_url(app: Flask, cast: Cast, write_plan: WritePlan) -> str:
    with app.app_context():
        version = write_plan("domestic_abuse", copy_is_safe=False, at_home="Back door.")
        return f"/cases/{cast.case_id}/plans/{version.plan_id}"


@pytest.mark.parametrize("who", ["assigned_advocate", "manager"])
def test_a_plan_leaves_as_a_pdf_with_a_neutral_name(
    client_of: ClientOf, printed: Printed, plan_url: str, who: str
) -> None:
    answer = print_it(client_of(who), plan_url)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Content-Disposition"] == 'inline; filename="my-plan.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert pdf_checker.validate_pdf_bytes(answer.data, profile="ua1").is_compliant
    assert printed() == [PRINTED]


def test_the_paper_says_what_was_written_and_names_nobody(
    client_of: ClientOf, plan_url: str
) -> None:
    text = words_on(print_it(client_of("manager"), plan_url).data)
    assert "I go to my aunt." in text
    assert "مرحبا" in text
    assert "Worker on home" in text
    assert "5 May 2026" in text  # written at half past eleven in the evening, UTC
    assert "1 June 2026" in text
    assert "Quillfeather" not in text
    assert "Zalika" not in text


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_nothing_about_the_file_tells_what_it_is_or_when_it_was_made(
    client_of: ClientOf, plan_url: str, password: str
) -> None:
    pdf = print_it(client_of("manager"), plan_url, password=password).data
    with pikepdf.open(io.BytesIO(pdf), password=password) as document:
        told = {str(name): str(value) for name, value in (document.docinfo or {}).items()}
        assert told.pop("/Title") == "My plan"
        assert set(told) <= {"/Producer"}
        metadata = document.Root.Metadata.read_bytes().decode()
    for word in ("Zalika", "Quillfeather", "Youth", "2026", "caseapp", "safety"):
        assert word.lower() not in metadata.lower()


def test_nobody_answers_for_the_person_whether_a_copy_is_safe(
    client_of: ClientOf, printed: Printed, plan_url: str
) -> None:
    """The version says that it was, and that is not taken over."""
    client = client_of("manager")
    page = client.get(f"{plan_url}/print").text
    question = page[page.index("Is it safe for them to keep a copy?") :]
    assert "checked" not in question
    refused = send(client, f"{plan_url}/print", plan_format="standard", language="en")
    assert refused.status_code == 422
    assert "Say whether it is safe for them to keep a copy" in refused.text
    assert printed() == []


@pytest.mark.parametrize("reason", ["", "made up"])
def test_an_unsafe_copy_is_refused_without_a_reason_of_the_list(
    client_of: ClientOf, printed: Printed, plan_url: str, reason: str
) -> None:
    refused = print_it(client_of("manager"), plan_url, **UNSAFE, copy_reason=reason)
    assert refused.status_code == 422
    assert ("Choose why you print it" if not reason else "from the list") in refused.text
    assert printed() == []


def test_a_reason_lets_an_unsafe_copy_out_and_is_audited(
    client_of: ClientOf, printed: Printed, unsafe_url: str
) -> None:
    client = client_of("manager")
    assert "was not safe for the person" in client.get(f"{unsafe_url}/print").text
    answer = print_it(client, unsafe_url, **UNSAFE, copy_reason="read_together")
    assert answer.data.startswith(b"%PDF")
    assert printed() == [{**PRINTED, "copy_reason": "read_together"}]


def test_a_copy_that_has_become_safe_leaves_without_a_reason(
    client_of: ClientOf, printed: Printed, unsafe_url: str
) -> None:
    """A reason that was chosen before the answer was changed is not written down."""
    answer = print_it(client_of("manager"), unsafe_url, copy_reason="office_file")
    assert answer.data.startswith(b"%PDF")
    assert printed() == [PRINTED]


@pytest.mark.parametrize("form", ["large_print", "easy_read", "pocket_card", "worker"])
def test_format_and_language_are_those_that_were_chosen(
    client_of: ClientOf, printed: Printed, plan_url: str, form: str
) -> None:
    answer = print_it(client_of("manager"), plan_url, plan_format=form, language="fa")
    assert answer.data.startswith(b"%PDF")
    with pikepdf.open(io.BytesIO(answer.data)) as document:
        assert str(document.Root.Lang) == "fa"
    assert printed() == [{**PRINTED, "format": form, "language": "fa"}]


@pytest.mark.parametrize("wrong", [{"plan_format": "braille"}, {"language": "cy"}])
def test_a_format_or_language_that_we_do_not_print_is_refused(
    client_of: ClientOf, printed: Printed, plan_url: str, wrong: dict[str, str]
) -> None:
    refused = print_it(client_of("manager"), plan_url, **wrong)
    assert refused.status_code == 422
    assert "from the list" in refused.text
    assert printed() == []


def test_the_format_that_they_read_best_and_the_plans_language_are_proposed(
    app: Flask, client_of: ClientOf, cast: Cast, plan_url: str
) -> None:
    rewrite(
        app, cast, plan_url, version_body(home="New."), reading_format="easy_read", language="so"
    )
    page = client_of("manager").get(f"{plan_url}/print").text
    assert {"easy_read", "so"} == checked_in(page)
    assert "This prints version 2, the newest" in page


def checked_in(page: str) -> set[str]:
    return {
        tag.split('value="')[1].split('"')[0] for tag in page.split("<input") if " checked" in tag
    }


def test_each_language_says_how_far_it_can_be_relied_on(client_of: ClientOf, plan_url: str) -> None:
    page = client_of("manager").get(f"{plan_url}/print").text
    assert "Soomaali (Somali)" in page
    assert page.count("not yet reviewed by a speaker") + page.count("reviewed by a speaker") >= 6


def test_a_password_locks_the_pdf_and_is_kept_nowhere(
    client_of: ClientOf, printed: Printed, app: Flask, plan_url: str
) -> None:
    client = client_of("manager")
    pdf = print_it(client, plan_url, password=PASSWORD).data
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(pdf))
    assert "I go to my aunt." in words_on(pdf, PASSWORD)
    assert printed() == [{**PRINTED, "locked": 1}]
    assert PASSWORD not in client.get(f"{plan_url}/print").text
    with app.app_context():
        assert not [e for e in entries("plan_printed") if PASSWORD in e.detail]


@pytest.mark.parametrize("password", ["1234567", "x" * 128, "ي" * 64])
def test_a_password_that_is_no_help_is_refused_and_never_sent_back(
    client_of: ClientOf, printed: Printed, plan_url: str, password: str
) -> None:
    refused = print_it(client_of("manager"), plan_url, password=password)
    assert refused.status_code == 422
    assert "assword must be" in refused.text or "cannot take this" in refused.text
    assert password not in refused.text
    assert checked_in(refused.text) == {"standard", "en", "yes"}  # the rest is kept
    assert printed() == []


@pytest.mark.parametrize("password", ["   ", " " * 9, "\0" * 9, "\u200b"])
def test_a_password_that_nobody_can_see_locks_no_pdf(
    client_of: ClientOf, printed: Printed, plan_url: str, password: str
) -> None:
    refused = print_it(client_of("manager"), plan_url, password=password)
    assert refused.status_code == 422
    assert 'href="#password"' in refused.text
    assert printed() == []


def test_the_password_box_is_offered_to_no_password_store_or_draft(
    client_of: ClientOf, plan_url: str
) -> None:
    page = client_of("manager").get(f"{plan_url}/print").text
    (box,) = [tag for tag in page.split("<input") if 'name="password"' in tag]
    assert 'autocomplete="off"' in box
    assert "data-never-drafted" not in page  # the form keeps no draft at all


def test_a_childs_plan_without_words_for_children_holds_our_own_and_the_page_says_so(
    app: Flask, cast: Cast, client_of: ClientOf, printed: Printed, plan_url: str
) -> None:
    client, told = client_of("manager"), "Nothing is written for the children yet"
    assert told in client.get(f"{plan_url}/print").text
    words = words_on(print_it(client, plan_url, plan_format="child").data)
    assert "Tell a grown-up whom you trust." in words
    assert "aunt" not in words  # what the parent said is for the parent
    assert [left["format"] for left in printed()] == ["child"]
    theirs = VersionBody(sections=(), child=(SectionWords(code="people", own="I ring Gran."),))
    rewrite(app, cast, plan_url, theirs)
    assert told not in client.get(f"{plan_url}/print").text


def test_what_the_pocket_card_has_no_room_for_is_told_before_it_is_printed(
    app: Flask, client_of: ClientOf, cast: Cast, plan_url: str
) -> None:
    client = client_of("manager")
    assert "The card holds all of this plan" in client.get(f"{plan_url}/print").text
    many = " ".join(
        f"Sentence number {n} of a long plan that has no end in sight." for n in range(90)
    )
    rewrite(app, cast, plan_url, version_body(home=f"{many} The last one of all <b>."))
    page = client.get(f"{plan_url}/print").text
    assert "The card has no room for this" in page
    assert "The last one of all &lt;b&gt;." in page


def test_a_review_that_is_overdue_is_warned_of_and_the_plan_still_prints(
    client_of: ClientOf, printed: Printed, plan_url: str
) -> None:
    """Its day was the first of June 2026."""
    client = client_of("manager")
    assert "This plan is due for review" in client.get(f"{plan_url}/print").text
    assert print_it(client, plan_url).data.startswith(b"%PDF")
    assert printed() == [PRINTED]


def test_whoever_lost_the_case_while_the_paper_was_made_gets_none(
    client_of: ClientOf,
    app: Flask,
    cast: Cast,
    printed: Printed,
    plan_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The case is taken from its advocate while the paper is made."""
    make = printing.print_plan

    def take_case_away(*given: Any) -> bytes:
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(_give_to_colleague, app, cast).result(timeout=20)
        return make(*given)

    monkeypatch.setattr(printing, "print_plan", take_case_away)
    answer = print_it(client_of("assigned_advocate"), plan_url)
    assert answer.status_code == 404
    assert printed() == []


def _give_to_colleague(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        case = db.session.get_one(Case, cast.case_id)
        allocate_case(case, cast.colleague, cast.manager)


def test_no_lock_is_held_while_the_paper_is_made(
    client_of: ClientOf, cast: Cast, plan_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else writes while this one prints: with a lock held they would wait for us, and
    here we wait for them."""
    colleague = client_of("colleague")
    answers = {"contact": "phone_spoke", "fact": "She is well."}
    statuses: list[int] = []

    def write_meanwhile(*_: object) -> bytes:
        path = f"/cases/{cast.case_id}/notes/new"
        note = elsewhere.submit(send, colleague, path, **answers, **_now())
        statuses.append(note.result(timeout=20).status_code)
        return b"%PDF"

    monkeypatch.setattr(printing, "print_plan", write_meanwhile)
    manager = client_of("manager")
    with ThreadPoolExecutor(1) as elsewhere:
        assert print_it(manager, plan_url).data == b"%PDF"
    assert statuses == [302]


def _now() -> dict[str, str]:
    return {"on-day": "4", "on-month": "5", "on-year": "2026", "at": "10:00"}


def test_the_old_address_of_the_paper_is_gone(client_of: ClientOf, plan_url: str) -> None:
    """It printed without a question."""
    assert client_of("manager").get(f"{plan_url}/plan.pdf").status_code == 404
