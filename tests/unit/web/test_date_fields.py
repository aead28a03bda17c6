from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine

from caseapp.web.forms import DateParts, Form, TimeOfDay

Ask = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("_frozen")


@pytest.fixture
def _frozen() -> Any:
    with time_machine.travel(datetime(2026, 3, 5, 12, tzinfo=UTC), tick=False):
        yield


class Dates(Form):
    born = DateParts(
        "Date of birth", required="Enter the date of birth", not_future=True, most_age=120
    )
    review = DateParts("Next review", not_past=True)
    adult = DateParts("Partner’s date of birth", least_age=16)
    at = TimeOfDay("Time of contact")


def parts(name: str, day: str, month: str, year: str) -> dict[str, str]:
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def test_three_boxes_make_one_date(asked: Ask) -> None:
    form = asked(Dates, parts("born", "5", "March", "2009") | {"at": "2.30pm"})
    assert form.values() == {
        "born": date(2009, 3, 5), "review": None, "adult": None, "at": time(14, 30)
    }  # fmt: skip
    assert not form.errors


def test_a_missing_date_is_asked_for_in_its_own_words(asked: Ask) -> None:
    assert asked(Dates, {}).errors == {"born": ["Enter the date of birth"]}


def test_an_impossible_date_is_told_exactly_and_stays_as_typed(asked: Ask) -> None:
    form = asked(Dates, parts("born", "31", "Feb", "2009"))
    assert form.born.errors == ["Date of birth must be a real date"]
    for typed in ("31", "Feb", "2009"):
        assert f'value="{typed}"' in form.born()


def test_the_error_leads_to_the_box_to_correct_and_only_that_box_is_marked(asked: Ask) -> None:
    form = asked(Dates, parts("born", "5", "", "2009"))
    assert form.problems() == [("Date of birth must include a month", "#born-month")]
    assert form.born().count("govuk-input--error") == 1
    assert 'id="born-month"' in form.born()


def test_a_date_of_birth_in_the_future_is_refused(asked: Ask) -> None:
    form = asked(Dates, parts("born", "6", "3", "2026"))
    assert form.born.errors == ["Date of birth must be today or in the past"]
    assert not asked(Dates, parts("born", "5", "3", "2026")).errors


def test_a_review_in_the_past_is_refused(asked: Ask) -> None:
    form = asked(Dates, parts("review", "4", "3", "2026"))
    assert form.review.errors == ["Next review must be today or in the future"]


def test_a_year_mistyped_into_another_century_is_refused(asked: Ask) -> None:
    form = asked(Dates, parts("born", "1", "1", "1899"))
    assert form.born.errors == ["Date of birth must be 1 January 1900 or later"]


def test_an_age_out_of_bounds_is_told_with_the_age(asked: Ask) -> None:
    form = asked(Dates, parts("born", "1", "1", "1901") | parts("adult", "6", "3", "2010"))
    assert form.born.errors == ["Date of birth gives an age of 125. It must be 120 or under"]
    assert form.adult.errors == [
        "Partner’s date of birth gives an age of 15. It must be 16 or over"
    ]


def test_an_impossible_time_is_told_and_stays_as_typed(asked: Ask) -> None:
    form = asked(Dates, {"at": "25:00"})
    assert form.at.errors == ["Time of contact must be a time, like 2:30pm or 14:30"]
    assert 'value="25:00"' in form.at()


def test_a_stored_date_is_shown_in_its_boxes_and_read_back_in_words(asked: Ask) -> None:
    form = asked(Dates, {}, data={"born": date(2009, 3, 5), "at": time(14, 30)})
    assert 'value="2009"' in form.born()
    assert ("Date of birth", "5 March 2009") in form.read_back()
    assert ("Time of contact", "2:30pm") in form.read_back()


def test_clearing_the_three_boxes_clears_a_stored_date(asked: Ask) -> None:
    form = asked(Dates, parts("review", "", "", ""), data={"review": date(2027, 1, 1)})
    assert form.review.data is None


def test_a_flood_in_a_box_is_not_sent_back(asked: Ask) -> None:
    form = asked(Dates, parts("born", "5" * 100_000, "\x00", "2009"))
    assert form.born.errors == ["Date of birth must include a month"]
    assert len(form.born()) < 4_000


def test_the_example_is_of_this_year_unless_the_room_gives_its_own(asked: Ask) -> None:
    class Two(Form):
        review = DateParts("Next review")
        born = DateParts("Date of birth", hint="For example, 27 3 2009")

    form = asked(Two, {})
    assert "For example, 5 3 2026 or 5 March 2026" in form.review()
    assert "27 3 2009" in form.born()
