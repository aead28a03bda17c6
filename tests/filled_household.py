"""A household with one of everything: a child, a relative, a linked case, a merge."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.cases.models import Case
from caseapp.database import db
from caseapp.duplicates import actions as merging
from caseapp.duplicates.door import Known
from caseapp.duplicates.undoing import identity_in
from caseapp.households import actions
from caseapp.households.models import ChildBody, ChildHead
from caseapp.people.models import Person
from tests.cast import Cast, open_a_case


def fill_household(case: Case, cast: Cast) -> dict[str, UUID]:
    """In an app context, inside a transaction; returns the ids by their names in addresses."""
    by = cast.assigned_advocate
    kin = open_a_case(by, given_name="Odalys", family_name="Quillfeather-Kin")
    child = ChildHead(name="Tamsin", date_of_birth=date(2019, 4, 3), effects=("heard",))
    return {
        "child_id": actions.add_child(uuid4(), case, child, ChildBody(note="Hides."), by).id,
        "relationship_id": actions.relate_people(uuid4(), case, kin, "sibling", by).id,
        "link_id": actions.link_cases(uuid4(), case, kin, "same_household", by).id,
        "merge_id": merge_two(cast.manager),
        "person_id": case.person_id,
        "other_id": kin.person_id,
    }


def merge_two(manager: Actor) -> UUID:
    """Two records of one person, made one; the open case of the second is closed first."""
    one, two = (open_a_case(manager, family_name=f"Twice-{n}") for n in ("One", "Two"))
    two.status = "closed"
    kept, gone = known(one.person_id), known(two.person_id)
    return merging.merge_people(uuid4(), kept, gone, identity_in(kept.person), manager).id


def known(person_id: UUID) -> Known:
    """As the door would open them, for a manager of every case of theirs."""
    cases = db.session.scalars(select(Case).where(Case.person_id == person_id)).all()
    return Known(db.session.get_one(Person, person_id), cases, is_elsewhere=False)
