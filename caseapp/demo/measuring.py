"""Inventing tasks, outcome measures and requests to close: the work that keeps a case moving."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from caseapp.demo import casework_words
from caseapp.demo.lives import CaseTold
from caseapp.demo.telling import tell
from caseapp.demo.work_told import ClosureAskedTold, MeasureTold, ReceivedTold, TaskTold
from caseapp.reference import choices

# Ours, all of them.
DONE_IN_TIME = 0.8  # of tasks that are due
FORGOTTEN = timedelta(days=30)  # and the rest a month later
MEASURED = 0.7  # of cases in which the person was reached
ASKED_BY_FORM = 0.8  # of cases that closed
WANTS_TO_CLOSE = 0.08  # of open cases
CAME_BY_FORM = 0.5
REVIEW_AFTER = timedelta(days=60)
LOWEST, HIGHEST = 1, 5


def invent_tasks(rng: Random, told: CaseTold, *, rich: bool) -> tuple[TaskTold, ...]:
    """The next actions of the notes; in the case that shows everything, more that is due."""
    tasks = [
        _task(rng, told, note.next_action, note.at.date(), note.next_action_on)
        for note in told.notes
        if note.next_action and note.next_action_on
    ]
    if rich:
        tasks += _tasks_due_about_now(told.until)
    return tuple(tasks)


def _task(rng: Random, told: CaseTold, what: str, added: date, due: date) -> TaskTold:
    last = told.closed.on if told.closed else told.until
    done = min(last, due - timedelta(days=rng.choice((0, 0, 0, 1, 2, -1))))
    forgotten = told.until - FORGOTTEN < due <= told.until and rng.random() >= DONE_IN_TIME
    over = told.closed is not None or (due <= told.until and not forgotten)
    return TaskTold(
        what=what, channel="", added_on=added, due_on=due,
        done_on=max(added, done) if over else None,
    )  # fmt: skip


def _tasks_due_about_now(until: date) -> Iterator[TaskTold]:
    for days, (channel, what) in zip((-2, 1, 1, 4), casework_words.TASKS_NOW, strict=True):
        yield TaskTold(
            what=what, channel=channel, added_on=until - timedelta(days=9),
            due_on=until + timedelta(days=days), done_on=None,
        )  # fmt: skip


def invent_measures(rng: Random, told: CaseTold, *, rich: bool) -> tuple[MeasureTold, ...]:
    """At intake, every two months, and at the end of a case that ended as planned."""
    if not told.first_contact or not (rich or rng.random() < MEASURED):
        return ()
    last = told.closed.on if told.closed else told.until
    days = {told.first_contact: "intake"}
    day = told.first_contact + REVIEW_AFTER
    while day < last - timedelta(days=14) and len(days) < 4:
        days[day] = "review"
        day += REVIEW_AFTER + timedelta(days=rng.randint(-7, 21))
    if told.closed and told.closed.reason in {"needs_met", "transferred"}:
        days[max(last, told.first_contact)] = "exit"
    return tuple(_measures(rng, days))


def _measures(rng: Random, days: dict[date, str]) -> Iterator[MeasureTold]:
    points = {code: rng.randint(1, 3) for code, _ in choices("outcome_measure")}
    for on, stage in days.items():
        asked = {c: str(p) if rng.random() < 0.94 else "not_asked" for c, p in points.items()}
        said = tell(rng, casework_words.OWN_WORDS) if rng.random() < 0.4 else ""
        yield MeasureTold(stage=stage, on=on, points=asked, own_words=said)
        step = {c: rng.choices((-1, 0, 1), (0.1, 0.35, 0.55))[0] for c in points}
        points = {c: min(HIGHEST, max(LOWEST, p + step[c])) for c, p in points.items()}


def invent_closure_asked(rng: Random, told: CaseTold) -> tuple[ClosureAskedTold, ...]:
    """A case closes with its manager's word; some wait for it, or were sent back."""
    closed = told.closed
    if closed and rng.random() < ASKED_BY_FORM:
        asked = max(told.opened, closed.on - timedelta(days=rng.randint(0, 4)))
        answer = rng.choice(casework_words.AGREED_TO_CLOSE)
        return (
            ClosureAskedTold(
                asked_on=asked, on=closed.on, reason=closed.reason, status="approved",
                answer=answer,
            ),
        )  # fmt: skip
    if closed or told.first_contact is None or rng.random() >= WANTS_TO_CLOSE:
        return ()
    returned = rng.random() < 0.4
    on = max(told.first_contact, told.until - timedelta(days=rng.randint(0, 5)))
    return (
        ClosureAskedTold(
            asked_on=on, on=on, reason="needs_met" if not returned else "disengaged",
            status="returned" if returned else "waiting",
            answer=rng.choice(casework_words.SENT_BACK) if returned else "",
        ),
    )  # fmt: skip


def invent_received(rng: Random, told: CaseTold, *, rich: bool) -> ReceivedTold | None:
    """The referral to us that became this case, where it came by the form."""
    if not rich and rng.random() >= CAME_BY_FORM:
        return None
    waited = (told.opened - told.referred).days > 1
    words = rng.choice(casework_words.WHILE_WAITING) if waited else ""
    return ReceivedTold(received_on=told.referred, decided_on=told.opened, words=words)
