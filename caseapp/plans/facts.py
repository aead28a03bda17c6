"""What a version says besides its plan, in words: who wrote it and agreed, how it is read."""

from collections.abc import Mapping
from uuid import UUID

from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.languages import LANGUAGES
from caseapp.plans.models import PlanVersion, VersionHead
from caseapp.plans.reviews import Review
from caseapp.reference import label_of
from caseapp.web.words import long_date, long_moment

UNCHOSEN = "None yet: the plan suggests them"


def facts_of(version: PlanVersion) -> dict[str, str]:
    """Question -> answer, in the order in which they are shown."""
    head, pictures = version.head, len(version.body.pictures)
    return {
        "Agreed by": who_agreed(head),
        "Safe to keep a copy": "Yes" if head.copy_is_safe else "No",
        "Reads best": label_of("reading_format", head.reading_format or "standard"),
        "Language": language_name(head.language),
        "Pictures chosen": str(pictures) if pictures else UNCHOSEN,
        "Next review": long_date(head.review_on),
    }


def review_words(case: Case, review: Review) -> str:
    """The day, and for an open case how late that is and what called for it."""
    told = (review.lateness(today()), review.why) if case.is_open else ()
    return ". ".join(filter(None, (long_date(review.on), *told)))


def written(version: PlanVersion, names: Mapping[UUID, str]) -> str:
    """When and by whom; `names`: those of accounts."""
    return f"{long_moment(version.head.written_at)}, by {names[version.author_id]}"


def who_agreed(head: VersionHead) -> str:
    who = agreed_by(head) or "Nobody yet"
    return f"{who}, on {long_date(head.agreed_on)}" if head.agreed_on else who


def agreed_by(head: VersionHead) -> str:
    """ "" for nobody. Versions of before say that the person agreed, and neither who else nor
    when."""
    codes = head.agreed_by or (("person",) if head.is_agreed else ())
    return ", ".join(label_of("plan_agreed_by", code) for code in codes)


def language_name(code: str) -> str:
    """In English, with the name that its speakers write."""
    known = LANGUAGES.get(code)
    if known is None:  # of an edition that printed it
        return code
    return known.english if known.name == known.english else f"{known.english} ({known.name})"
