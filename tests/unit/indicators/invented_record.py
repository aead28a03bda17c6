"""A case as the counting reads it, invented: what a test does not name is dull."""

from datetime import UTC, date, datetime
from typing import Any

from caseapp.cases.models import CaseBody, CaseHead
from caseapp.indicators.record import CaseRecord, Judgement
from caseapp.people.models import FlagHead, PersonHead

OPENED = date(2026, 5, 4)
UNTIL = date(2026, 6, 30)
AFTER = date(2026, 7, 1)
PARTS = (
    *("flags", "children", "incidents", "risk", "plans_since"),
    *("alleged", "marac", "referrals", "programmes"),
)


def a_record(
    head: dict[str, Any] | None = None,
    body: dict[str, Any] | None = None,
    person: dict[str, Any] | None = None,
    **parts: Any,
) -> CaseRecord:
    """A case of a 17-year-old, opened on 4 May 2026, with nothing in it."""
    nothing: dict[str, Any] = dict.fromkeys(PARTS, ())
    case = {"reference": "X", "themes": ("youth_violence",), "opened_on": OPENED, **(head or {})}
    who = {
        "given_name": "Zalika",
        "family_name": "Quillfeather",
        "date_of_birth": date(2009, 3, 27),
        "sex": "female",
        "ethnicity": "black_caribbean",
        "ward": "E05009394",
        "residence": "in_borough",
        **(person or {}),
    }
    return CaseRecord(
        service="youth_violence",
        head=CaseHead(**case),
        body=CaseBody(**(body or {})),
        person=PersonHead(**who),
        **(nothing | parts),
    )


def a_flag(list_name: str = "slcn", code: str = "autism", **more: Any) -> FlagHead:
    dull: dict[str, Any] = {"status": "recorded", "raised_on": OPENED}
    return FlagHead(list_name=list_name, code=code, **(dull | more))


def a_judgement(on: date, level: str) -> Judgement:
    return Judgement(on, datetime.min.replace(tzinfo=UTC), level)
