"""What an attack found, in words, for somebody who does not know the truth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from caseapp.disclosure.rules import CANDIDATES, SMALL

Entry = Mapping[str, Any]


def given_away(report: Mapping[str, Any]) -> list[Entry]:
    """The cells and flows that could be from 1 to 4 and have fewer than four candidates left."""
    return [entry for entry in (*report["cells"], *report["flows"]) if _is_given_away(entry)]


def summary(report: Mapping[str, Any]) -> Iterator[str]:
    """One line a finding, then one that says how many there are."""
    found = given_away(report)
    for entry in found:
        yield f"{_name(entry)}: {_candidates(entry)}"
    for entry in report["groups"]:
        share = "all" if entry["share"] else "none"
        yield f"{_name(entry)}: proved to be {share} of its group"
    left = report["undecided"]
    exact = sum(entry["lower"] == entry["upper"] for entry in found)
    yield (
        f"{len(report['editions'])} editions, {len(report['cells'])} figures: {exact} small ones "
        f"worked out, {len(found) - exact} more with fewer than {CANDIDATES} candidates, "
        f"{len(report['groups'])} groups proved to be none or all"
        + (f"; {left} figures were not decided in the time there was" if left else "")
    )


def _is_given_away(entry: Entry) -> bool:
    low, high = entry["lower"], entry["upper"]
    if low is None or high is None or high - low >= CANDIDATES - 1:
        return False
    known = entry.get("known", 0)
    return bool(low - known <= SMALL[-1] and high - known >= SMALL[0])


def _name(entry: Entry) -> str:
    cell = ", ".join(f"{name} {code}" for name, code in entry["cell"].items()) or "all"
    since = f" since {entry['since']}" if "since" in entry else ""
    return f"{entry['edition']}{since}: {entry['measure']}, {cell}"


def _candidates(entry: Entry) -> str:
    low, high = entry["lower"], entry["upper"]
    return f"it is {low}" if low == high else f"it is from {low} to {high}"
