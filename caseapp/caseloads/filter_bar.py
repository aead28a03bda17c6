"""What stands above a list of open cases: the questions, and the filters that were kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from caseapp.caseloads.filters import ANY, LISTS, NOBODY, REVERSED, SORTS, Wanted, offered
from caseapp.caseloads.kept_filters import Kept
from caseapp.reference import code_list
from caseapp.web.presentation import Column

LABELS = {
    "risk": "Risk",
    "theme": "Theme",
    "advocate": "Advocate",
    "due": "What is due",
    "when": "Due when",
    "need": "Need",
    "gap": "Missing",
    "sort": "Sort by",
    "order": "Order",
}
NARROWING = ("risk", "theme", "advocate", "due", "when", "need", "gap")


@dataclass(frozen=True)
class Question:
    """A question that is answered with one code: (code, words) of each answer."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass(frozen=True)
class FilterBar:
    """`whose` is "team" or none; `left_out` holds the labels of answers that nobody knows."""

    wanted: Wanted
    whose: str | None
    questions: tuple[Question, ...]
    left_out: tuple[str, ...]
    kept: tuple[Kept, ...]

    @property
    def codes(self) -> dict[str, str]:
        """Of this list, as an address or a kept filter holds them."""
        return self.wanted.codes | ({"whose": self.whose} if self.whose else {})

    def column(self, label: str, sort: str) -> Column:
        """The head of a column: it sorts by itself, and once more the other way round."""
        is_sorted, is_reversed = (self.wanted.sort or "risk") == sort, bool(self.wanted.order)
        order = REVERSED if is_sorted and not is_reversed else None
        address: dict[str, Any] = {**self.codes, "sort": sort, "order": order}
        url = url_for("caseloads.list_cases", **address)
        direction = "descending" if is_reversed else "ascending"
        return Column(label, sort_url=url, sorted=direction if is_sorted else None)


def filter_bar(
    wanted: Wanted,
    whose: str | None,
    strange: Collection[str],
    kept: Collection[Kept],
    advocates: Mapping[str, str],
) -> FilterBar:
    """`advocates`: names by id in letters; empty where the list is of one advocate."""
    asked = [name for name in NARROWING if name != "advocate" or advocates]
    questions = [_question(name, wanted, advocates) for name in asked]
    questions.append(Question("sort", "Sort by", tuple(SORTS.items()), wanted.sort or "risk"))
    return FilterBar(
        wanted, whose, tuple(questions), tuple(LABELS[name] for name in strange), tuple(kept)
    )


def _question(name: str, wanted: Wanted, advocates: Mapping[str, str]) -> Question:
    chosen = getattr(wanted, name)
    choices = {"": "All", **_choices(name, chosen, advocates)}
    return Question(name, LABELS[name], tuple(choices.items()), chosen)


def _choices(name: str, chosen: str, advocates: Mapping[str, str]) -> dict[str, str]:
    """Retired codes only while one is chosen."""
    if name == "advocate":
        return {NOBODY: "Nobody yet", **advocates}
    if name not in LISTS:
        return offered(name)
    entries = code_list(LISTS[name]).entries
    found = {each.code: each.label for each in entries if not each.retired or each.code == chosen}
    return {ANY: "Anything", **found} if name == "gap" else found
