"""The certificate of an edition: what was attacked, how, and what was found. Aggregates only."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import Any

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.lattice import Lattice
from caseapp.disclosure.ledger import catalogue_hash
from caseapp.disclosure.rounding import Rounding
from caseapp.disclosure.rules import BASE, WIDTH
from caseapp.disclosure.trial import Judgement, Tally

ATTACKER = (
    "Someone who holds every edition of this series, knows that each figure is a multiple of 5 "
    "next to the true count, knows which categories add up, which may overlap and which units "
    "belong to others, takes it that counts since April only grow unless the figures themselves "
    "show a correction, and has the means to solve for what each true count can be."
)
LIMITS = (
    "This is not differential privacy: it promises a range, not that presence makes no difference.",
    "A published figure of 5 proves that there is at least one.",
    "Someone who already knows particular cases can subtract them; that was not tested here.",
    "The categories themselves and this certificate are public.",
)


def certify(
    edition: Edition,
    lattice: Lattice,
    rounding: Rounding,
    judgement: Judgement,
    compared: Judgement,
    repairs: int,
    ledger_head: str,
) -> dict[str, Any]:
    """The content of certificate.json."""
    report = judgement.report
    return {
        "edition": edition.period,
        "since": edition.since,
        "method": "controlled rounding to a multiple of 5 over all linked tables, certified",
        "rounding_base": BASE,
        "width": WIDTH,
        "attacker": ATTACKER,
        "editions_covered": report["editions"],
        "counts_assumed_to_grow": report["growth_rows"],
        "corrections_seen_in_them": report["corrections_seen"],
        "catalogue": catalogue_hash(edition.tables),
        "ledger_head": ledger_head,
        "counts_that_could_be_small": _tally(judgement.counts),
        "flows_that_could_be_small": _tally(judgement.flows),
        "partner_remainders": "not tested",
        "groups_proved_none_or_all": judgement.groups_proved,
        "cells": len(edition.values),
        "cells_beyond_an_adjacent_multiple": len(rounding.moved),
        "cells_with_a_wider_interval": len(rounding.widened),
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
        "utility": _utility(edition, lattice),
        "comparison": compare(compared),
        "limits": list(LIMITS),
    }


def _tally(tally: Tally) -> dict[str, int]:
    """How many figures could be small is known to every reader; how many truly are is not."""
    return {"tested": tally.tested, "exact": tally.exact, "narrow": tally.narrow}


def _utility(edition: Edition, lattice: Lattice) -> dict[str, Any]:
    errors = [abs(edition.values[cell] - n) for cell, n in lattice.truth.items() if n]
    mean = sum(errors) / len(errors) if errors else 0.0
    return {
        "mean_error_of_non_zero_cells": round(mean, 1),
        "maximum_error": max(errors, default=0),
        "all_sums_hold": all(line.holds(edition.values) for line in lattice.lines),
        "cells_published": "all",
    }


def compare(compared: Judgement) -> dict[str, str]:
    """What the usual rule would have given away, said roughly: the number of small counts is
    itself a figure about them."""
    small = compared.counts
    sentence = (
        f"The same tables under suppress under 5 would reveal {_about(small.narrow)} of "
        f"{_about(small.small)} small counts: {_about(small.exact)} exactly, the rest to fewer "
        "than four candidates. Each further month would reveal more."
    )
    return {"method": "suppress under 5", "sentence": sentence}


def _about(number: int) -> str:
    return f"about {round(number, -1)}" if number >= 10 else "fewer than 10"
