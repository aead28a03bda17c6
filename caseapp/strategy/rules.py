"""How far an action is on a day: pure decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caseapp.strategy.models import ActionHead, ProgressStep

NOT_STARTED, ON_TRACK, DELAYED = "not_started", "on_track", "delayed"
COMPLETE, STOPPED = "complete", "stopped"
OVER = frozenset({COMPLETE, STOPPED})


@dataclass(frozen=True)
class PlanProgress:
    """Actions of the plan, each counted once: an overdue one is counted as nothing else. Those no
    longer planned are left out."""

    not_started: int = 0
    on_track: int = 0
    delayed: int = 0
    complete: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        return self.not_started + self.on_track + self.delayed + self.complete + self.overdue


def newest_step(head: ActionHead, day: date) -> ProgressStep | None:
    """The last one that had happened by the end of the day; of one day, the one written last."""
    happened = [step for step in head.steps if step.on <= day]
    return max(happened, key=lambda step: (step.on, step.at), default=None)


def state_of(head: ActionHead, day: date) -> str:
    """A code of action_state."""
    step = newest_step(head, day)
    return step.state if step else NOT_STARTED


def is_overdue(head: ActionHead, day: date) -> bool:
    return head.due_on < day and state_of(head, day) not in OVER


def count_progress(heads: Iterable[ActionHead], day: date) -> PlanProgress:
    """Of the actions that were in the plan on that day."""
    counts: dict[str, int] = {}
    for head in heads:
        state = "overdue" if is_overdue(head, day) else state_of(head, day)
        if head.added_on <= day and state != STOPPED:
            counts[state] = counts.get(state, 0) + 1
    return PlanProgress(**counts)
