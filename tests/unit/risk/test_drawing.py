"""The drawing of risk over time: where its pieces stand."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from caseapp.risk.drawing import CROWDED, Y, draw, is_worth_drawing
from caseapp.risk.rules import DASH, PLAIN, YOUTH, Judged

SOMEBODY, TODAY = UUID(int=1), date(2026, 11, 23)

judgements = st.builds(
    Judged,
    id=st.just(SOMEBODY),
    on=st.dates(date(2024, 1, 1), TODAY),
    level=st.sampled_from(["standard", "medium", "high"]),
    how=st.sampled_from([DASH, PLAIN, YOUTH]),
    author_id=st.just(SOMEBODY),
    score=st.none() | st.integers(0, 24),
)
courses = st.lists(judgements, min_size=1, max_size=60).map(
    lambda course: sorted(course, key=lambda judged: judged.on)
)


def judged(on: date, level: str, score: int | None = None) -> Judged:
    how = PLAIN if score is None else DASH
    return Judged(SOMEBODY, on, level, how, SOMEBODY, score=score)


def test_one_judgement_alone_is_not_drawn_but_one_dash_is() -> None:
    assert not is_worth_drawing([])
    assert not is_worth_drawing([judged(TODAY, "high")])
    assert is_worth_drawing([judged(TODAY, "high", 15)])
    assert is_worth_drawing([judged(TODAY, "high"), judged(TODAY, "high")])


@given(courses)
def test_every_judgement_has_its_mark_at_its_level_within_the_drawing(
    course: list[Judged],
) -> None:
    drawing = draw(course, TODAY)
    assert [mark.y for mark in drawing.marks] == [Y[each.level] for each in course]
    assert all(0 <= mark.x <= 100 for mark in drawing.marks)
    assert [mark.x for mark in drawing.marks] == sorted(mark.x for mark in drawing.marks)


@given(courses)
def test_the_line_runs_in_steps_without_a_gap_from_the_first_day_to_today(
    course: list[Judged],
) -> None:
    lines = draw(course, TODAY).lines
    for line in lines:
        assert (line.x1 == line.x2) != (line.y1 == line.y2)  # along or up, never slanting
    for before, after in pairwise(lines):
        assert (before.x2, before.y2) == (after.x1, after.y1)
    if course[0].on < TODAY:
        assert (lines[0].x1, lines[-1].x2) == (0, 100)
        assert lines[-1].y2 == Y[course[-1].level]


@given(courses)
def test_no_two_scores_lie_on_one_another_and_the_newest_is_always_shown(
    course: list[Judged],
) -> None:
    marks = draw(course, TODAY).marks
    shown = [mark for mark in marks if mark.score]
    for before, after in pairwise(shown):
        assert after.x - before.x >= CROWDED
    scored = [each.score for each in course if each.score is not None]
    assert [mark.score for mark in shown][-1:] == [str(score) for score in scored[-1:]]


def test_a_step_stands_where_its_day_lies_between_the_first_and_today() -> None:
    course = [judged(TODAY - timedelta(100), "standard"), judged(TODAY - timedelta(75), "high")]
    assert [mark.x for mark in draw(course, TODAY).marks] == [0, 25]
