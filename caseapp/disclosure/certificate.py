"""The certificate of an edition: what was attacked, how, and what was found. Aggregates only."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.judging import Judgement, Tally
from caseapp.disclosure.lattice import Lattice
from caseapp.disclosure.ledger import catalogue_hash
from caseapp.disclosure.partners import Partner
from caseapp.disclosure.rounding import Rounding
from caseapp.disclosure.rules import Method
from caseapp.disclosure.utility import utility

ATTACKER = (
    "Someone who holds every edition of this series, knows {rule}, knows which categories add "
    "up, which may overlap and which units belong to others, takes it that counts since April "
    "only grow unless the figures themselves show a correction, and has the means to solve for "
    "what each true count can be."
)
ROUNDED = "that each figure is a multiple of {base} next to the true count"
SUPPRESSED = "that each figure that is shown is exact, and which counts are suppressed and why"


def certify(
    edition: Edition,
    lattice: Lattice,
    rounding: Rounding | None,
    judgement: Judgement,
    compared: Judgement,
    repairs: int,
    ledger_head: str,
    partner: tuple[Partner, Judgement] | None = None,
) -> dict[str, Any]:
    """The content of certificate.json; `rounding` is None where figures were suppressed instead."""
    report, method = judgement.report, edition.method
    return {
        "edition": edition.period,
        "since": edition.since,
        "method_name": method.name,
        "method": method.words,
        "promise": method.promise,
        "rounding_base": method.base,
        "width": method.width,
        "candidates": method.candidates,
        "attacker": ATTACKER.format(rule=_rule(method)),
        "editions_covered": report["editions"],
        "counts_assumed_to_grow": report["growth_rows"],
        "corrections_seen_in_them": report["corrections_seen"],
        "catalogue": catalogue_hash(edition.tables),
        "ledger_head": ledger_head,
        "counts_that_could_be_small": _tally(judgement.counts),
        "flows_that_could_be_small": _tally(judgement.flows),
        "partner_remainders": _remainders(partner),
        "partner": partner[0].cut if partner else "none",
        "groups_proved_none_or_all": judgement.groups_proved,
        "cells": len(lattice.truth) - len(edition.hidden),
        "cells_suppressed": len(edition.hidden),
        "cells_beyond_an_adjacent_multiple": len(rounding.moved) if rounding else 0,
        "cells_with_a_wider_interval": len(edition.widened),
        "programmes_solved": report["programmes"],
        "worlds_shown": report["worlds"],
        "variables": report["unknowns"],
        "seconds": report["seconds"],
        "repairs": repairs,
        "versions": {
            "protector": f"OR-tools {version('ortools')}",
            "attacker": report["solver"],
            "python": f"Python {platform.python_version()}",
        },
        "utility": utility(edition, lattice),
        "comparison": compare(compared),
        "limits": list(_limits(method, partner is not None)),
    }


def _rule(method: Method) -> str:
    return SUPPRESSED if method.is_annual else ROUNDED.format(base=method.base)


def _tally(tally: Tally) -> dict[str, int]:
    """How many figures could be small is known to every reader; how many truly are is not."""
    return {"tested": tally.tested, "exact": tally.exact, "narrow": tally.narrow}


def _remainders(partner: tuple[Partner, Judgement] | None) -> dict[str, int] | str:
    """What is left of the counts and flows when the partner has subtracted its own."""
    if partner is None:
        return "not tested"
    counts, flows = _tally(partner[1].counts), _tally(partner[1].flows)
    return {name: counts[name] + flows[name] for name in counts}


def _limits(method: Method, partner_was_tested: bool) -> Iterator[str]:
    """What this certificate does not promise, and what was not tested."""
    yield (
        "This is not differential privacy: it promises a range, not that presence makes no "
        "difference."
    )
    if method.is_annual:
        yield "A figure that is shown is exact: it proves that there are so many."
        yield "Suppression tells which counts are small, or stand beside small ones."
        yield (
            "The attacker looked for counts from 1 to 4; that larger suppressed counts keep a "
            "range was worked out in fractions, and not attacked."
        )
    else:
        yield f"A published figure of {method.base} proves that there is at least one."
    if partner_was_tested:
        yield (
            "One partner that subtracts its own cases was tested; several that put theirs "
            "together, and others who know other cases, were not."
        )
    else:
        yield "Someone who already knows particular cases can subtract them; this was not tested."
    yield (
        "Editions of other financial years hold other cases; they were not attacked together with "
        "these."
    )
    yield "Figures that others publish of the same people were not tested."
    yield "The categories themselves and this certificate are public."


def compare(compared: Judgement) -> dict[str, str]:
    """What the usual rule would have given away, said roughly: the number of small counts is
    itself a figure about them."""
    small = compared.counts
    sentence = (
        f"The same tables under the rule “suppress under 5” would reveal {_about(small.narrow)} of "
        f"{_about(small.small)} small counts: {_about(small.exact)} exactly, the rest to fewer "
        "than four possibilities. Each further month would reveal more."
    )
    return {"method": "suppress under 5", "sentence": sentence}


def _about(number: int) -> str:
    return f"about {round(number, -1)}" if number >= 10 else "fewer than 10"
