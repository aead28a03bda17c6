"""Everything else that an advocate records of a case: told on top of its story, once it has its
advocate, so that the story itself stays as it was for a seed."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from msgspec.structs import replace

from caseapp.demo.borough import dice
from caseapp.demo.disclosures import invent_sharing, with_consent
from caseapp.demo.households import invent_household, invent_links, invent_relatives
from caseapp.demo.judgements import with_tools
from caseapp.demo.justice import follow_incidents
from caseapp.demo.lives import CaseTold
from caseapp.demo.maracs import at_high_risk, invent_maracs
from caseapp.demo.measuring import (
    invent_closure_asked,
    invent_measures,
    invent_received,
    invent_tasks,
)
from caseapp.demo.plan_details import with_details
from caseapp.demo.showcase import SHOWN_TO, as_showcase, can_show_everything
from caseapp.demo.story import REMEMBERED
from caseapp.demo.suspects import record_alleged


def with_casework(cases: Iterable[CaseTold], seed: int) -> Iterator[CaseTold]:
    """The same cases in the same order, each with all that is recorded of it."""
    earlier: deque[CaseTold] = deque(maxlen=REMEMBERED)
    to_show = set(SHOWN_TO)
    for number, told in enumerate(cases):
        rng = dice(seed, f"casework {number}")
        rich = told.advocate in to_show and can_show_everything(told)
        if rich:
            to_show.discard(told.advocate)
            told = as_showcase(rng, told, earlier)
        told = _told_in_full(rng, told, earlier, rich=rich)
        plan = with_details(dice(seed, f"plan {number}"), told, rich=rich)
        told = replace(told, plan=plan)
        earlier.append(told)
        yield told


def _told_in_full(
    rng: Random, told: CaseTold, others: Sequence[CaseTold], *, rich: bool
) -> CaseTold:
    """In this order: what comes later leans on what came before."""
    told = replace(told, risk=with_tools(rng, told), alleged=record_alleged(rng, told, rich=rich))
    told = told if rich else replace(told, referrals=at_high_risk(rng, told))
    household = invent_household(rng, told, others)
    told = replace(
        told,
        household=household,
        children=len(household),
        incidents=follow_incidents(rng, told, rich=rich),
        referrals=with_consent(rng, told),
    )
    return replace(
        told,
        sharing=invent_sharing(rng, told, rich=rich),
        marac=invent_maracs(rng, told, rich=rich),
        tasks=invent_tasks(rng, told, rich=rich),
        measures=invent_measures(rng, told, rich=rich),
        closure_asked=invent_closure_asked(rng, told),
        received=invent_received(rng, told, rich=rich),
        links=invent_links(told, others),
        relatives=invent_relatives(rng, told, others, rich=rich),
    )
