"""A trial of a catalogue that is over, and what stands in the addresses of its pages."""

from typing import Any
from uuid import UUID, uuid4

import msgspec

from caseapp.background import DONE
from caseapp.catalogues.cost import Cost
from caseapp.catalogues.rules import years_to_choose
from caseapp.catalogues.trials import new_trial
from caseapp.clock import today
from caseapp.database import transaction
from caseapp.disclosure.rules import ROUNDING_5
from caseapp.indicators.catalogue import standard_catalogue
from tests.cast import Cast

COST = Cost(
    cells=2146,
    seconds=12,
    certified=True,
    advice="",
    mean_error=1.7,
    without_value=(3, 27),
    small={"theme_by_suspect": "Some"},
)


def keep_a_catalogue(cast: Cast) -> dict[str, Any]:
    """In an app context; what the addresses of the room name."""
    _, this, _ = years_to_choose(today())
    return {
        "catalogues.year": this,
        "catalogues.name": "theme_by_suspect",
        "catalogues.population": "cases",
        "catalogues.trial_id": keep_a_trial(cast, year=this),
    }


def keep_a_trial(cast: Cast, cost: Cost = COST, year: str = "2026-27") -> UUID:
    """In an app context; its id."""
    with transaction():
        trial = new_trial(
            uuid4(), year, standard_catalogue(), ROUNDING_5.name, "2026-05", cast.analyst
        )
        trial.state, trial.cost = DONE, msgspec.json.encode(cost).decode()
        return trial.id
