"""Pure decisions about taking a plan out: how it leaves, and whether it may."""

from dataclasses import dataclass

from caseapp.documents.locking import PasswordUnfit, prepared
from caseapp.documents.plan_contents import typed_texts
from caseapp.documents.plan_paper import FORMATS, PlanPaper
from caseapp.languages import LANGUAGES
from caseapp.plans.rules import CHILDRENS_PLAN
from caseapp.reference import choices

WORKERS_COPY = "worker"
CHILDS_PLAN = "child"
SHORTEST_PASSWORD = 8  # characters, as a reader of PDFs compares them
TOO_SHORT = f"The password must be {SHORTEST_PASSWORD} characters or more"
UNFIT = "A PDF cannot take this password. Use 8 to 40 letters, numbers and spaces"


@dataclass(frozen=True, kw_only=True)
class PaperCopy:
    """How one version leaves, and what was said of its safety when it did.

    `form`: a code of the list plan_format; `language`: of our own words; `reason`: a code of the
    list plan_copy_reason, where it is not safe for the person to keep a copy.
    """

    form: str = "standard"
    language: str = "en"
    is_safe: bool = False
    reason: str = ""
    is_locked: bool = False  # with a password, which nothing here ever holds
    pack: str = ""  # the id of the manager's pack that it leaves in


def may_leave(copy: PaperCopy) -> bool:
    """A copy that is not safe to keep leaves only for a reason from the list."""
    return copy.is_safe or copy.reason in dict(choices("plan_copy_reason"))


def format_for(reading_format: str) -> str:
    """The format that is proposed to somebody who reads best in this one."""
    return reading_format if reading_format in FORMATS else FORMATS[0]


def known_language(code: str | None) -> str:
    """The language, or English for one that we do not print."""
    return code if code and code in LANGUAGES else "en"


def typed_in(paper: PlanPaper) -> list[tuple[str, str]]:
    """(heading, text) of everything on the paper that somebody typed into the plan."""
    parts = [(section.heading, section) for section in paper.sections]
    parts += [(f"{CHILDRENS_PLAN}: {section.heading}", section) for section in paper.child]
    return [(heading, text) for heading, section in parts for text in typed_texts(section)]


def why_not_password(password: str) -> str | None:
    """Why a PDF cannot be locked with this, or anybody could guess it; None where it is fit."""
    try:
        is_fit = len(prepared(password).strip()) >= SHORTEST_PASSWORD
    except PasswordUnfit:
        is_fit = False
    if is_fit:
        return None
    return TOO_SHORT if len(password) < SHORTEST_PASSWORD else UNFIT
