"""Pure decisions about a plan: its kinds and sections, when it is reviewed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from caseapp.plans.models import SectionWords, VersionBody
from caseapp.reference import UnknownCode, code_list, entry

KINDS = ("youth_violence", "domestic_abuse")
CHILD = "child"  # the list of the sections of the children's own plan, without "plan_section_"
CHILD_BOXES = "child_"  # before the names of their boxes
CHILDRENS_PLAN = "The children’s own plan"
CHILD_UNDER = 13  # years: somebody so young is shown the children's own plan
LONGEST_WAIT = timedelta(days=366)


@dataclass(frozen=True)
class Section:
    """A part of a plan as the code list words it today."""

    code: str
    heading: str
    prompt: str
    rows: str = ""  # steps, places or people: what stands in it besides words
    picture: str = ""


def kinds_for(themes: Iterable[str]) -> tuple[str, ...]:
    """Every kind of plan, those of the case's themes first."""
    themes = set(themes)
    return tuple(sorted(KINDS, key=lambda kind: kind not in themes))


def sections_of(kind: str, written: Sequence[SectionWords] = ()) -> tuple[Section, ...]:
    """The sections of a kind, then those that are retired but have words in them. Where there would
    be none at all, those for rows, however old: rows must stand somewhere."""
    known = code_list(_list_name(kind))
    active = [found.code for found in known.active]
    kept = [words.code for words in written if words.code not in active]
    for_rows = [found.code for found in known.entries if found.attributes.get("rows")]
    return tuple(_section(kind, code) for code in active + kept or for_rows)


def why_not_review_on(review_on: date, today: date) -> str | None:
    """The review date is proposed by the risk, and may be moved within these bounds."""
    if review_on < today:
        return "The review date must be today or in the future"
    if review_on > today + LONGEST_WAIT:
        return "The review date must be within a year"
    return None


def why_not_agreed(has_somebody: bool, day: date | None, today: date) -> tuple[str, str] | None:
    """(question, message) where it is said who agreed and not when, or the other way round. Today
    was proposed, so by itself it says nothing."""
    if has_somebody and day is None:
        return "agreed_on", "Enter the date on which they agreed"
    if day not in {None, today} and not has_somebody:
        return "agreed_by", "Choose who agreed, or take the date away"
    return None


def has_words(sections: Iterable[SectionWords]) -> bool:
    return any(words.own or words.worker for words in sections)


def has_content(body: VersionBody) -> bool:
    rows = body.steps or body.places or body.people
    return bool(rows) or has_words(body.sections) or has_words(body.child)


def has_childs_part(age: int | None, has_children: bool) -> bool:
    """Whether the children's own plan is asked for without a word."""
    return has_children or (age is not None and age < CHILD_UNDER)


def holder_of(rows: str, sections: Sequence[Section]) -> str:
    """The code of the section in which these rows stand: the last one where no section names them,
    so that an edition of the list can lose nothing that was written."""
    last = sections[-1].code if sections else ""
    return next((section.code for section in sections if section.rows == rows), last)


def kept_pictures(chosen: Mapping[str, str], texts: Iterable[str]) -> dict[str, str]:
    """The pictures whose sentence is in the plan still: what was taken out leaves no trace."""
    written = "\n".join(texts)
    return {sentence: code for sentence, code in chosen.items() if sentence in written}


def _list_name(kind: str) -> str:
    return f"plan_section_{kind}"


def _section(kind: str, code: str) -> Section:
    try:
        found = entry(_list_name(kind), code)
    except UnknownCode:  # of an edition that this home no longer has: the words stay readable
        return Section(code, code.replace("_", " ").capitalize(), "")
    told = found.attributes
    return Section(
        code, found.label, told.get("prompt", ""), told.get("rows", ""), told.get("picture", "")
    )
