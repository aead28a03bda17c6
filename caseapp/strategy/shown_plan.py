"""The action plan as its page shows it: by objective, what is overdue on top."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from caseapp.disclosure.long_form import csv_text
from caseapp.reference import label_of
from caseapp.strategy.models import Objective, PlannedAction
from caseapp.strategy.queries import actions_of_plan, objectives
from caseapp.strategy.rules import (
    COMPLETE,
    OVER,
    PlanProgress,
    count_progress,
    is_overdue,
    newest_step,
    state_of,
)

ALL = "all"
HEADER = (
    "Objective", "Action", "Owner", "Due", "State", "Overdue", "Indicators", "As of", "In words",
    "Evidence", "Link",
)  # fmt: skip


@dataclass(frozen=True)
class ShownAction:
    """An action as it stands on a day."""

    action: PlannedAction
    state: str
    is_overdue: bool


@dataclass(frozen=True)
class ShownPlan:
    """`groups`: each objective with its actions. `counts`: how many actions each way to look at
    the plan has."""

    groups: Sequence[tuple[Objective, Sequence[ShownAction]]]
    counts: Mapping[str, int]
    progress: PlanProgress


WAYS: dict[str, tuple[str, Callable[[ShownAction], bool]]] = {
    ALL: ("All", lambda _: True),
    "overdue": ("Overdue", lambda shown: shown.is_overdue),
    "open": ("Still to do", lambda shown: shown.state not in OVER),
    COMPLETE: ("Complete", lambda shown: shown.state == COMPLETE),
}


def shown_plan(session: Session, way: str, day: date) -> ShownPlan:
    """`way`: one of WAYS. Objectives with something overdue come first, else in their order."""
    shown = [shown_action(each, day) for each in actions_of_plan(session, day)]
    counts = {name: sum(map(fits, shown)) for name, (_, fits) in WAYS.items()}
    chosen = [each for each in shown if WAYS[way][1](each)]
    groups = [(each, _of(each, chosen)) for each in objectives(session)]
    kept = [group for group in groups if group[1] or way == ALL]
    kept.sort(key=lambda group: not any(each.is_overdue for each in group[1]))
    progress = count_progress((each.action.head for each in shown), day)
    return ShownPlan(kept, counts, progress)


def shown_action(action: PlannedAction, day: date) -> ShownAction:
    return ShownAction(action, state_of(action.head, day), is_overdue(action.head, day))


def plan_as_csv(session: Session, day: date) -> str:
    """A line an action, with its newest step; formulas neutralised."""
    groups = shown_plan(session, ALL, day).groups
    rows = (_row(objective, each, day) for objective, shown in groups for each in shown)
    return csv_text(HEADER, rows)


def _of(objective: Objective, shown: Iterable[ShownAction]) -> list[ShownAction]:
    return [each for each in shown if each.action.objective_id == objective.id]


def _row(objective: Objective, shown: ShownAction, day: date) -> tuple[str, ...]:
    head, step = shown.action.head, newest_step(shown.action.head, day)
    as_of = (step.on.isoformat(), step.words, step.evidence, step.link) if step else ("",) * 4
    return (
        objective.head.title,
        head.title,
        head.owner,
        head.due_on.isoformat(),
        label_of("action_state", shown.state),
        "yes" if shown.is_overdue else "no",
        " ".join(head.indicators),
        *as_of,
    )
