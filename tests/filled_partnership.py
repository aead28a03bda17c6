"""What the analyst keeps for the board: a figure of the police, a population, an action that is
overdue."""

from datetime import date
from uuid import UUID, uuid4

from caseapp.clock import now
from caseapp.figures import actions as figure_actions
from caseapp.figures.catalogue import census
from caseapp.figures.models import FigureHead, PopulationHead
from caseapp.strategy import actions
from caseapp.strategy.models import ActionHead, ObjectiveHead, ProgressStep
from tests.cast import Cast

YEAR, CODE = "2025-26", "police_da_victims"
DAY = date(2026, 5, 4)


def fill_partnership(cast: Cast) -> dict[str, UUID | str]:
    """The names in addresses, of their rooms where others use them too."""
    by = cast.analyst
    head = FigureHead(value=812, source="Police dashboard", dated_on=DAY, entered_at=now())
    figure_actions.enter_figure(uuid4(), YEAR, CODE, head, by)
    people = PopulationHead(
        groups={each.code: each.people + 1 for each in census().groups},
        counted_in="2025",
        source="The council's estimate",
        dated_on=DAY,
        entered_at=now(),
    )
    figure_actions.enter_population(uuid4(), YEAR, people, by)
    return {"figures.year": YEAR, "figures.code": CODE, **_fill_plan(cast)}


def _fill_plan(cast: Cast) -> dict[str, UUID | str]:
    by = cast.analyst
    objective = actions.add_objective(uuid4(), ObjectiveHead(title="Victims are supported"), by)
    head = ActionHead(
        title="Train every front desk",
        owner="Head of community safety",
        due_on=DAY,
        added_on=DAY,
        indicators=("1", "34"),
    )
    action = actions.add_action(uuid4(), objective, head, by)
    step = ProgressStep(
        id=uuid4(), on=DAY, state="delayed", words="The trainer left", evidence="Minutes",
        link="https://example.org/minutes", at=now(), by=by.user_id,
    )  # fmt: skip
    actions.add_step(action, step, by)
    before = (("Owner", "Nobody yet"),)
    actions.change_action(action, objective, action.head, before, by)
    return {"strategy.objective_id": objective.id, "strategy.action_id": action.id}
