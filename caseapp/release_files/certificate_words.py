"""The certificate in words: one list of facts for its page, its sheet and the analyst's page."""

from collections.abc import Mapping, Sequence
from typing import Any

from caseapp.release_files.words import month_words

Certificate = Mapping[str, Any]
FACTS = (  # the words for it, and where it stands in certificate.json
    ("Method", "method"),
    ("Promise", "promise"),
    ("Editions covered", "editions_covered"),
    ("Figures that could be 1 to 4", "counts_that_could_be_small"),
    ("Changes that could be 1 to 4", "flows_that_could_be_small"),
    ("Groups proved to be none or all", "groups_proved_none_or_all"),
    ("Partner that knows its own cases", "partner"),
    ("What is left when it subtracts them", "partner_remainders"),
    ("Figures published", "cells"),
    ("Figures suppressed", "cells_suppressed"),
    ("Figures beyond the next multiple", "cells_beyond_an_adjacent_multiple"),
    ("Figures with a wider range", "cells_with_a_wider_interval"),
    ("Mean error of figures that are not zero", "utility.mean_error_of_non_zero_cells"),
    ("Greatest error", "utility.maximum_error"),
    ("Error of percentages", "utility.percentages"),
    ("All sums hold", "utility.all_sums_hold"),
    ("Repairs before it was safe", "repairs"),
    ("Programs that the attacker solved", "programmes_solved"),
    ("Unknowns in each", "variables"),
    ("Sets of cases shown that would give the same figures", "worlds_shown"),
    ("Seconds of attack", "seconds"),
    ("Corrections seen in the figures", "corrections_seen_in_them"),
    ("Versions", "versions"),
    ("Catalogue", "catalogue"),
    ("Ledger before this edition", "ledger_head"),
)


def finding(certificate: Certificate) -> str:
    """What was found, in one sentence."""
    counts = certificate["counts_that_could_be_small"]
    flows = certificate["flows_that_could_be_small"]
    return (
        f"Before release, {counts['tested']:,} figures and {flows['tested']:,} changes from month "
        "to month that could stand for 1 to 4 were attacked: "
        f"{counts['exact'] + flows['exact'] or 'none'} could be worked out, and "
        f"{counts['narrow'] + flows['narrow'] or 'none'} could be narrowed to fewer than four "
        "possibilities."
    )


def facts(certificate: Certificate) -> list[tuple[str, str]]:
    """What was done and found, question and answer; what a certificate does not say is left out."""
    found = ((words, _at(certificate, path)) for words, path in FACTS)
    return [(words, _in_words(value)) for words, value in found if value is not None]


def _at(certificate: Certificate, path: str) -> Any:
    value: Any = certificate
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, Mapping):
        return _of_several(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_month_or_words(each) for each in value)
    return str(value)


def _of_several(value: Mapping[str, Any]) -> str:
    if {"tested", "exact", "narrow"} <= set(value):
        return (
            f"{value['tested']:,} tested, {value['exact']:,} worked out, "
            f"{value['narrow']:,} with fewer than four possibilities"
        )
    return "; ".join(f"{name.replace('_', ' ')}: {_in_words(each)}" for name, each in value.items())


def _month_or_words(each: Any) -> str:
    is_month = isinstance(each, str) and len(each) == len("2026-04") and each[4] == "-"
    return month_words(each) if is_month else _in_words(each)
