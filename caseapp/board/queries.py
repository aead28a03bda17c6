"""What is read for the board: published editions of the newest year, and the action plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from caseapp.board.outcomes import outcomes
from caseapp.board.panels import GroupRate, Months, Panel, group_rates, panel
from caseapp.board.released_rows import released_rows
from caseapp.exports.models import Release
from caseapp.exports.signing import published
from caseapp.strategy.models import PlannedAction
from caseapp.strategy.queries import actions_of_plan
from caseapp.strategy.rules import PlanProgress, count_progress, is_overdue


@dataclass(frozen=True)
class Board:
    """`month`: the newest published one, "" before there is any. `overdue`: the latest first."""

    month: str
    panels: Sequence[Panel]
    rates: Sequence[GroupRate]
    progress: PlanProgress
    overdue: Sequence[PlannedAction]


def board(session: Session, day: date) -> Board:
    """Raises CannotOpen where somebody changed the plan or a release by SQL."""
    months = published_months(session)
    actions = actions_of_plan(session, day)
    newest = list(months)[-1] if months else ""
    return Board(
        month=newest,
        panels=[panel(outcome, months) for outcome in outcomes()] if months else [],
        rates=group_rates(months[newest]) if months else [],
        progress=count_progress((each.head for each in actions), day),
        overdue=[each for each in actions if is_overdue(each.head, day)],
    )


def published_months(session: Session) -> Months:
    """The indicators of every published edition of the newest year that has one."""
    releases = sorted(published(session), key=lambda each: each.period)
    year = [each for each in releases if each.since == releases[-1].since]
    rows = {each.period: released_rows(_files(each)) for each in year}
    return {month: found for month, found in rows.items() if found}


def _files(release: Release) -> dict[str, bytes]:
    return dict(release.body.files)
