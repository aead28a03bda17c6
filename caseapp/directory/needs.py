"""The needs that a service meets: the codes of our own lists, written as list/code."""

from collections.abc import Iterator

from caseapp.reference import choices, label_of
from caseapp.vault.folding import fold_letters

LISTS = ("referral_kind", "other_need", "slcn", "disability")
NO_NEEDS = {"referral_kind/other", "referral_kind/marac", "disability/none", "disability/other"}


def need_choices() -> list[tuple[str, str]]:
    """(list/code, label); where two lists say the same, the first counts."""
    seen: dict[str, tuple[str, str]] = {}
    for code, label in _all():
        if code not in NO_NEEDS:
            seen.setdefault(fold_letters(label), (code, label))
    return list(seen.values())


def need_label(code: str) -> str:
    list_name, _, entry = code.partition("/")
    return label_of(list_name, entry)


def need_for(words: str) -> str | None:
    """The code of a need that somebody else wrote: as our code, or as our label."""
    known = {fold_letters(label): code for code, label in need_choices()}
    codes = {code for code, _ in need_choices()}
    return words if words in codes else known.get(fold_letters(words))


def _all() -> Iterator[tuple[str, str]]:
    for list_name in LISTS:
        for code, label in choices(list_name):
            yield f"{list_name}/{code}", label
