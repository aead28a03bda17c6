"""Words of our own for what the standard has no field for, written as terms of a taxonomy."""

from collections.abc import Collection

from caseapp.reference import choices
from caseapp.vault.folding import fold_name

TAXONOMY = "caseapp"
FEMALE, MALE = "sex/female", "sex/male"
OUTSIDE = {"outside/yes": True, "outside/no": False}
# What directories call it, folded; the code is that of the list service_access.
SIGNS = {
    "wheelchair": "wheelchair",
    "step free": "wheelchair",
    "hearing loop": "hearing_loop",
    "induction loop": "hearing_loop",
    "hearing aid": "hearing_loop",
    "bsl": "bsl",
    "sign language": "bsl",
    "easy read": "easy_read",
    "quiet": "quiet_space",
    "home visit": "home_visits",
    "interpreter": "interpreters",
    "creche": "childcare",
    "childcare": "childcare",
}


def is_ours(taxonomy: str | None) -> bool:
    return (taxonomy or "").strip().lower() == TAXONOMY


def access_in(text: str, terms: Collection[str]) -> tuple[str, ...]:
    """The codes of service_access that a description names, or that stand among the terms."""
    folded = fold_name(text)
    found = {code for sign, code in SIGNS.items() if sign in folded}
    known = [code for code, _ in choices("service_access")]
    found |= {code for code in known if f"access/{code}" in terms}
    return tuple(code for code in known if code in found)
