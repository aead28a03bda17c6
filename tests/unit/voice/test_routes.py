"""The pages of the room: results on screen and as a file, and who may see them."""

import csv
import html
import io
import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.unit.voice.conftest import ClientOf, Release, answers, code_all

CSV = "/voice/results.csv"
SHARE = "Per cent, to the nearest 5"


def words(page: TestResponse) -> str:
    return " ".join(html.unescape(page.text).split())


def rows(page: TestResponse) -> list[dict[str, str]]:
    assert page.mimetype == "text/csv", page.text
    return list(csv.DictReader(io.StringIO(page.data.decode("utf-8-sig"))))


def test_an_advocate_reads_shares_beside_bars(advocate: FlaskClient, release: Release) -> None:
    release("2026-05", [*answers(8), *answers(4, "disagree")])
    page = words(advocate.get("/voice?stage=exit"))
    for shown in ("I feel safer", "65%", "35%", "10 answers or more", "Agree", "Disagree"):
        assert shown in page
    assert "figures for outside come from the monthly release alone" in page


def test_nine_answers_are_shown_neither_on_the_page_nor_in_a_file(
    advocate: FlaskClient, release: Release
) -> None:
    release("2026-05", [*answers(9), *answers(3, stage="intake")])
    page = words(advocate.get("/voice"))
    assert "Too few people have answered" in page
    assert "%" not in page.split("Too few")[1].split("How these")[0]
    refused = advocate.get(CSV)
    assert refused.status_code == 422
    assert "Too few people have answered" in words(refused)
    assert "feels_safer" not in refused.text


def test_the_month_that_is_not_over_is_left_out(advocate: FlaskClient, release: Release) -> None:
    release("2026-06", answers(20))
    assert "Nothing has been heard yet" in words(advocate.get("/voice"))
    assert advocate.get(CSV).status_code == 422


def test_a_breakdown_under_the_threshold_is_refused_on_screen_and_in_the_file(
    advocate: FlaskClient, release: Release
) -> None:
    release("2026-05", [*answers(30, sex="female"), *answers(9, sex="male")])
    page = words(advocate.get("/voice?fact=sex"))
    assert "Too few people have answered" in page
    for hidden in ("Female", "Male", "75%"):
        assert hidden not in page.split("Too few")[1]
    refused = advocate.get(f"{CSV}?fact=sex")
    assert refused.status_code == 422
    assert "Female" not in refused.text


def test_groups_that_are_large_enough_are_told_apart_on_screen_and_in_the_file(
    advocate: FlaskClient, release: Release
) -> None:
    women = answers(20, sex="female") + answers(10, "disagree", sex="female")
    release("2026-05", [*women, *answers(12, sex="male")])
    page = words(advocate.get("/voice?fact=sex"))
    for shown in ("Female", "Male", "65%", "35%", "100%"):
        assert shown in page
    found = {(row["Group"], row["Answer"]): row for row in rows(advocate.get(f"{CSV}?fact=sex"))}
    assert found["Female", "Agree"][SHARE] == "65"
    assert found["Male", "Agree"]["Answers, at least"] == "10"
    assert {row["Use"] for row in found.values()} == {
        "Inside the team. Figures for outside come from the release alone"
    }


def test_the_file_holds_what_the_page_shows(advocate: FlaskClient, release: Release) -> None:
    release("2026-05", [*answers(8), *answers(4, "disagree")])
    found = {(row["Question"], row["Answer"]): row[SHARE] for row in rows(advocate.get(CSV))}
    assert found["I feel safer", "Agree"] == "65"
    assert found["I feel safer", "Strongly agree"] == "0"


def test_who_asks_for_nothing_sees_what_can_be_shown(
    advocate: FlaskClient, release: Release
) -> None:
    release("2026-05", [*answers(9), *answers(12, stage="intake")])
    assert "At the start, May 2026" in words(advocate.get("/voice"))
    assert "At the end, May 2026" in words(advocate.get("/voice?stage=exit"))


def test_what_an_address_asks_for_and_there_is_not_is_passed_over(
    advocate: FlaskClient, release: Release
) -> None:
    release("2026-05", answers(12))
    page = advocate.get("/voice?stage=nowhere&fact=answers&since=1999-01&until=%3Cb%3E")
    assert page.status_code == 200
    assert "10 answers or more" in words(page)


def test_themes_wait_until_no_answer_of_their_month_waits(
    analyst: FlaskClient, advocate: FlaskClient, release: Release
) -> None:
    release("2026-04", answers(11, helped=("safety_plan",)))
    release("2026-05", answers(30, helped=("same_worker",)), "Being heard.")
    assert "Per cent of 40 answers or more" in words(advocate.get("/voice"))
    assert "Per cent of 10 answers or more" in themes(advocate)
    assert "Per cent of 40 answers or more" not in themes(advocate)
    code_all(analyst)
    assert "Per cent of 40 answers or more" in themes(advocate)


def themes(client: FlaskClient) -> str:
    return words(client.get("/voice")).split("What helped", 1)[1]


def test_words_are_shown_masked_in_the_order_of_the_alphabet_and_beside_no_fact(
    analyst: FlaskClient, advocate: FlaskClient, release: Release
) -> None:
    texts = [f"<script>x</script> {word} helped" for word in "bcdefghijka"]
    release("2026-05", answers(50, sex="female"), *texts)
    code_all(analyst)
    page = advocate.get("/voice").text
    assert "<script>x" not in page
    said = words(advocate.get("/voice")).split("In their own words")[1]
    assert said.index(" a helped") < said.index(" b helped") < said.index(" k helped")
    told_apart = words(advocate.get("/voice?fact=sex"))
    assert "In their own words" not in told_apart


def test_nine_texts_are_not_shown(
    analyst: FlaskClient, advocate: FlaskClient, release: Release
) -> None:
    release("2026-05", answers(50), *[f"{word} helped" for word in "abcdefghi"])
    code_all(analyst)
    assert "In their own words" not in words(advocate.get("/voice"))


def test_only_those_who_may_hear_do(client_of: ClientOf, release: Release) -> None:
    release("2026-05", answers(12), "Being heard.")
    for name, seen in (("manager", 200), ("analyst", 200), ("administrator", 404)):
        client = client_of(name)
        assert client.get("/voice").status_code == seen
        assert client.get(CSV).status_code == seen
        assert client.get("/voice/findings").status_code == seen
    for name in ("assigned_advocate", "manager", "administrator"):
        assert client_of(name).get("/voice/answers").status_code == 404
        assert client_of(name).get("/voice/findings/new").status_code == 404
        assert "Open answers" not in client_of(name).get("/voice").text


def test_neither_the_page_nor_the_file_tells_how_many_said_something(
    advocate: FlaskClient, release: Release
) -> None:
    """One who said something else than all others is not shown by it."""
    release("2026-05", [*answers(46, sex="female"), *answers(1, "disagree", sex="female")])
    for fact in ("", "sex"):
        page = advocate.get(f"/voice?fact={fact}").text
        assert "40 answers or more" in page
        assert set(re.findall(r">([\d,.]+%?)<", page)) == {"100%", "0%"}
        found = rows(advocate.get(f"{CSV}?fact={fact}"))
        assert {row[SHARE] for row in found} == {"100", "0"}
        assert {row["Answers, at least"] for row in found} == {"40"}
