"""The analyst's pages: a questionnaire is written, translated, used, changed and retired."""

import html
import json
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.audit.kinds import Kind
from caseapp.audit.models import AuditEntry
from caseapp.database import db
from caseapp.languages import State
from caseapp.questionnaires.asked import Questionnaire
from caseapp.questionnaires.queries import offered, questionnaire
from tests.shown_forms import shown_form, with_answers
from tests.visits import send

ClientOf = Callable[[str], FlaskClient]
FRENCH = {
    "words_feels_safer": "Je me sens plus en sécurité à l’école.",
    "easy_feels_safer": "L’école est plus sûre.",
}
OPEN = {
    "about": "own_open",
    "open_name": "school_wish",
    "words": "What would help you at school?",
    "easy": "What would help at school?",
    "picture": "talk",
}


def words(page: TestResponse) -> str:
    return " ".join(html.unescape(page.text).split())


def change(client: FlaskClient, path: str, **answers: str | list[str]) -> TestResponse:
    """Change some answers of the form that is shown now."""
    return client.post(path, data=with_answers(shown_form(client.get(path)), **answers))


def press(client: FlaskClient, path: str) -> TestResponse:
    """A button that asks nothing."""
    return client.post(path, data={"csrf_token": shown_form(client.get("/account"))["csrf_token"]})


def use(client: FlaskClient, draft: str) -> None:
    assert press(client, f"{draft}/use").location == "/questionnaires/young_people"


def now_offered(app: Flask) -> dict[str, Questionnaire]:
    with app.app_context():
        return {each.code: each for each in offered()}


def test_a_questionnaire_is_given_only_once_it_is_put_into_use(
    app: Flask, analyst: FlaskClient, draft: str
) -> None:
    assert "young_people" not in now_offered(app)
    use(analyst, draft)
    made = now_offered(app)["young_people"]
    assert (made.version, made.stage, made.title) == (1, "review", "Young people")
    assert [each.code for each in made.questions] == ["feels_safer"]
    assert made.questions[0].in_language("en", easy=True).text == "School is safer now."


def test_a_questionnaire_without_a_question_is_not_put_into_use(
    app: Flask, analyst: FlaskClient, draft: str
) -> None:
    press(analyst, f"{draft}/questions/feels_safer/remove")
    press(analyst, f"{draft}/use")
    assert "Add a question first" in words(analyst.get(draft))
    assert "young_people" not in now_offered(app)


def test_a_version_in_use_stays_as_it_is_while_the_next_is_written_and_after(
    app: Flask, analyst: FlaskClient, draft: str
) -> None:
    use(analyst, draft)
    page = press(analyst, "/questionnaires/young_people/change")
    assert page.location
    change(analyst, f"{page.location}/questions/feels_safer", words="I feel safe at school.")
    assert now_offered(app)["young_people"].version == 1
    assert analyst.get(draft).status_code == 404
    use(analyst, page.location)
    with app.app_context():
        first, second = questionnaire("young_people", 1), questionnaire("young_people", 2)
        assert first
        assert second
        assert first.questions[0].words["en"] == "I feel safer at school."
        assert second.questions[0].words["en"] == "I feel safe at school."
    assert now_offered(app)["young_people"].version == 2
    assert "I feel safer at school." in words(analyst.get("/questionnaires/young_people?version=1"))


def test_a_standard_questionnaire_is_changed_with_its_translations_and_the_old_one_still_opens(
    app: Flask, analyst: FlaskClient
) -> None:
    page = press(analyst, "/questionnaires/exit/change")
    assert page.location
    press(analyst, f"{page.location}/questions/copes/remove")
    assert press(analyst, f"{page.location}/use").location == "/questionnaires/exit"
    made = now_offered(app)["exit"]
    assert made.version == 2
    assert "copes" not in {each.code for each in made.questions}
    with app.app_context():
        old = questionnaire("exit", 1)
        assert old
        assert old.questions[0].words == made.questions[0].words
        assert "copes" in {each.code for each in old.questions}


def test_only_one_next_version_is_written_at_a_time(analyst: FlaskClient) -> None:
    first = press(analyst, "/questionnaires/exit/change").location
    assert press(analyst, "/questionnaires/exit/change").location == first


def test_a_retired_questionnaire_is_not_given_and_still_opens(
    app: Flask, analyst: FlaskClient, draft: str
) -> None:
    use(analyst, draft)
    for code in ("young_people", "exit"):
        press(analyst, f"/questionnaires/{code}/retire")
        press(analyst, f"/questionnaires/{code}/retire")  # sent twice
    assert not {"young_people", "exit"} & now_offered(app).keys()
    with app.app_context():
        assert questionnaire("young_people", 1)
        assert questionnaire("exit", 1)
    assert "Retired on 20 May 2026" in words(analyst.get("/questionnaires/exit"))
    press(analyst, "/questionnaires/exit/bring-back")
    assert "exit" in now_offered(app)


def test_a_draft_that_is_not_kept_leaves_nothing(
    app: Flask, analyst: FlaskClient, draft: str
) -> None:
    change(analyst, f"{draft}/drop")
    assert analyst.get(draft).status_code == 404
    assert "Young people" not in words(analyst.get("/questionnaires"))
    assert "young_people" not in now_offered(app)


def test_a_draft_that_was_written_on_is_not_dropped_by_a_page_opened_before(
    analyst: FlaskClient, draft: str
) -> None:
    opened = shown_form(analyst.get(f"{draft}/drop"))
    change(analyst, f"{draft}/title", title="Pupils")
    page = analyst.post(f"{draft}/drop", data=opened)
    assert page.status_code == 422
    assert "It was changed after this page was opened" in words(page)
    assert "Pupils" in words(analyst.get(draft))
    assert analyst.post(f"{draft}/drop", data=shown_form(page)).status_code == 302


def test_a_translation_is_a_draft_until_a_speaker_is_named(
    app: Flask, analyst: FlaskClient, draft: str
) -> None:
    change(analyst, f"{draft}/languages/fr", **FRENCH)
    assert "French Draft" in _rows(analyst, draft)
    change(analyst, f"{draft}/languages/fr", checked_by="Marie Diallo")
    assert "French Reviewed" in _rows(analyst, draft)
    use(analyst, draft)
    question = now_offered(app)["young_people"].questions[0]
    said = question.in_language("fr", easy=True)
    assert (said.text, said.lang, said.state) == ("L’école est plus sûre.", "fr", State.REVIEWED)
    assert said.reviewed_by == "Marie Diallo, 2026-05-20"
    assert question.in_language("es").state is State.MISSING
    page = words(analyst.get("/questionnaires/young_people?language=es"))
    assert "Not translated" in page
    assert "I feel safer at school." in page


def _rows(analyst: FlaskClient, draft: str) -> str:
    """The page without its markup."""
    return " ".join(re.sub(r"<[^>]*>", " ", words(analyst.get(draft))).split())


def test_who_checked_a_translation_is_forgotten_when_the_words_change(
    app: Flask, analyst: FlaskClient, draft: str
) -> None:
    change(analyst, f"{draft}/languages/fr", **FRENCH, checked_by="Marie Diallo")
    change(analyst, f"{draft}/languages/fr", easy_feels_safer="L’école va mieux.")
    assert "French Draft" in _rows(analyst, draft)
    change(analyst, f"{draft}/languages/fr", checked_by="Marie Diallo")
    change(analyst, f"{draft}/questions/feels_safer", words="I feel safe at school.")
    assert "French Draft" in _rows(analyst, draft)
    assert "L’école va mieux." in words(analyst.get(f"{draft}/languages/fr"))


def test_a_translation_of_one_form_alone_is_refused_and_kept_in_its_box(
    analyst: FlaskClient, draft: str
) -> None:
    page = change(analyst, f"{draft}/languages/fr", words_feels_safer=FRENCH["words_feels_safer"])
    assert page.status_code == 422
    assert "Enter the everyday words and the easy words, or neither" in words(page)
    assert FRENCH["words_feels_safer"] in words(page)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"about": ""}, "Choose what it asks"),
        ({"words": ""}, "Enter the everyday words"),
        ({"easy": "I " + "really " * 15 + "do."}, "a sentence has more than 15 words"),
        ({"picture": "../../etc/passwd"}, "Choose picture beside the easy words from the list"),
        ({"open_name": "School wish!"}, "Short name must be small letters"),
        ({"open_name": "feels_safer"}, "choose it there"),
        ({"open_name": ""}, "Enter a short name"),
        ({"asked_after": "feels_safer"}, "Choose the answers after which it is asked"),
        ({"after_answers": "agree"}, "Choose the question that these answers are to"),
        ({"words": "a" * 201}, "Everyday words must be 200 characters or fewer"),
        ({"about": "feels_safer"}, "This is asked already"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_beside_its_box(
    analyst: FlaskClient, draft: str, answers: dict[str, str], message: str
) -> None:
    page = send(analyst, f"{draft}/questions/new", **{**OPEN, **answers})
    assert page.status_code == 422
    assert message in words(page)
    assert (answers.get("easy") or OPEN["easy"]) in words(page)


def test_a_question_that_is_sent_twice_is_asked_once(analyst: FlaskClient, draft: str) -> None:
    for _ in range(2):
        assert send(analyst, f"{draft}/questions/new", **OPEN).location == draft
    assert words(analyst.get(draft)).count("What would help you at school?") == 1


def test_a_question_is_asked_only_after_some_answers(
    app: Flask, analyst: FlaskClient, draft: str
) -> None:
    after = ["disagree", "strongly_disagree"]
    change(
        analyst,
        f"{draft}/questions/new",
        **OPEN,
        asked_after="feels_safer",
        after_answers=after,
    )
    assert "Only after: Disagree, Strongly disagree" in words(analyst.get(draft))
    press(analyst, f"{draft}/questions/school_wish/up")
    press(analyst, f"{draft}/questions/feels_safer/remove")
    assert "has to stand before it" in words(analyst.get(draft))
    use(analyst, draft)
    made = now_offered(app)["young_people"].questions
    assert [each.code for each in made] == ["feels_safer", "school_wish"]
    assert made[1].only_if == ("feels_safer", frozenset(after))


def test_a_stale_form_is_met_with_what_is_stored_now(analyst: FlaskClient, draft: str) -> None:
    path = f"{draft}/questions/feels_safer"
    mine = with_answers(shown_form(analyst.get(path)), words="I feel safe, mine.")
    change(analyst, path, words="I feel safe, theirs.")
    page = analyst.post(path, data=mine)
    assert page.status_code == 409
    assert "I feel safe, mine." in words(page)
    assert "I feel safe, theirs." in words(page)


def test_the_title_is_changed(analyst: FlaskClient, draft: str) -> None:
    change(analyst, f"{draft}/title", title="Pupils")
    assert "Pupils" in words(analyst.get("/questionnaires"))


def test_two_questionnaires_of_one_title_are_two(analyst: FlaskClient, draft: str) -> None:
    use(analyst, draft)
    page = send(analyst, "/questionnaires/new", title="Young people", stage="exit")
    assert page.location
    assert page.location != draft
    assert send(analyst, "/questionnaires/new", title="", stage="").status_code == 422


@pytest.mark.parametrize("code", ["ar", "fa"])
def test_a_language_that_runs_right_to_left_is_shown_and_typed_so(
    analyst: FlaskClient, draft: str, code: str
) -> None:
    typed = analyst.get(f"{draft}/languages/{code}").text
    boxes = re.findall("<textarea[^>]*>", typed)
    assert len(boxes) == 2
    assert all(f'lang="{code}"' in box and 'dir="rtl"' in box for box in boxes)
    shown = analyst.get(f"/questionnaires/exit?language={code}&form=easy").text
    assert shown.count(f'lang="{code}" dir="rtl"') > 7


@pytest.mark.parametrize(
    "path",
    ["/questionnaires/nothing", "/questionnaires/exit?version=9", "{draft}/languages/en",
     "{draft}/languages/xx", "{draft}/questions/copes"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(analyst: FlaskClient, draft: str, path: str) -> None:
    assert analyst.get(path.format(draft=draft)).status_code == 404


@pytest.mark.parametrize("query", ["language=xx", "language=%00&form=1", "version=²"])
def test_anything_odd_in_the_address_is_passed_over(analyst: FlaskClient, query: str) -> None:
    assert analyst.get(f"/questionnaires/exit?{query}").status_code == 200


@pytest.mark.parametrize("who", ["assigned_advocate", "manager", "administrator"])
def test_nobody_but_the_analyst_keeps_questionnaires(
    client_of: ClientOf, draft: str, who: str
) -> None:
    visitor = client_of(who)
    for path in ("/questionnaires", "/questionnaires/exit", "/questionnaires/new", draft):
        assert visitor.get(path).status_code == 404
    for path in ("/questionnaires/exit/retire", f"{draft}/use"):
        assert press(visitor, path).status_code == 404


def test_each_change_is_in_the_audit_and_says_of_what(
    app: Flask, analyst: FlaskClient, draft: str
) -> None:
    change(analyst, f"{draft}/languages/fr", **FRENCH)
    use(analyst, draft)
    press(analyst, "/questionnaires/young_people/retire")
    with app.app_context():
        kept = select(AuditEntry).where(AuditEntry.kind == Kind.QUESTIONNAIRE_CHANGED)
        entries = db.session.scalars(kept.order_by(AuditEntry.at, AuditEntry.number)).all()
        details = [json.loads(entry.detail) for entry in entries]
    assert [detail["what"] for detail in details] == [
        "begun",
        "questions_written",
        "questions_written",
        "put_into_use",
        "retired",
    ]
    assert {detail["questionnaire"] for detail in details} == {"young_people"}
