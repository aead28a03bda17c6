"""Which needs of people with open cases are to be looked at again."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.cases.contributions import Due
from caseapp.cases.models import Case
from caseapp.people.models import NeedsFlag
from caseapp.people.rules import flag_review_due
from caseapp.reference import label_of
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import columns_for, open_document

FLAGS = columns_for(NeedsFlag, "head", "body")


def flags_to_review(session: Session, case_ids: Collection[UUID]) -> Iterable[Due]:
    """Each current need of each case, due 12 months after it was last looked at."""
    pairs = session.execute(select(Case.id, Case.person_id).where(Case.id.in_(case_ids))).all()
    cases_of: dict[UUID, list[UUID]] = {}
    for case_id, person_id in pairs:
        cases_of.setdefault(person_id, []).append(case_id)
    vault = session.info["vault"]
    keys = warm(session.connection(), vault, list(cases_of))
    query = select(*FLAGS).where(NeedsFlag.person_id.in_(list(cases_of)))
    for row in cast("Iterable[Mapping[str, Any]]", session.execute(query).mappings()):
        head = open_document(vault, NeedsFlag, "head", row, keys)
        if head.ended_on or head.code == "none":
            continue
        body = open_document(vault, NeedsFlag, "body", row, keys)
        for case_id in cases_of[row["person_id"]]:
            yield Due(
                case_id=case_id,
                kind="flag_review",
                on=flag_review_due(body.steps[-1].on),
                what=label_of(head.list_name, head.code),
                endpoint="cases.review_flag",
                values=(("flag_id", str(row["id"])),),
            )
