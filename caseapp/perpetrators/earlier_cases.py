"""The cases that accuse somebody who becomes a client only now: their checks hear of it too.

Threat: a thief of the database, or whoever measures an answer, who learns from what was written
that somebody was found. So as many checks of other cases are sealed anew for everybody, chosen by
a secret order that is always the same for one person; a check that hears nothing keeps its words.
"""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from flask import current_app
from msgspec.structs import replace
from sqlalchemy import LargeBinary, Select, bindparam, select, union_all

from caseapp.access.actors import Actor
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db
from caseapp.perpetrators.found_teams import read_teams, write_teams
from caseapp.perpetrators.models import (
    AllegedPerpetrator,
    CheckHead,
    ConflictCheck,
    PerpetratorToken,
    id_of_check,
)
from caseapp.vault.errors import CannotOpen

AT_LEAST = 4  # checks sealed anew for one client: few are accused in more cases than that
PLACES = 12  # where others are looked for: some of them lead to one and the same


class Accusing(NamedTuple):
    """An alleged perpetrator, and the case in which they are one."""

    case_id: UUID
    perpetrator_id: UUID


def tell_earlier_cases(case: Case, accusing: Collection[Accusing], by: Actor) -> None:
    """Each check of `accusing` finds the team of this case from now on. The entries go to the
    chain of the house, since those of a team are for whoever leads it to read."""
    others = [each for each in _others(case.person_id) if each not in accusing]
    chosen = {*accusing, *others[: max(0, AT_LEAST - len(accusing))]}
    for each in sorted(chosen):  # the order tells nothing either
        check = _find(each)
        if check:
            subject = each.perpetrator_id
            check.head = _heard(check.head, case.team_id) if each in accusing else check.head
            record(Kind.CONFLICT_RENEWED, actor=by, case_id=each.case_id, subject_id=subject)


def _heard(head: CheckHead, team_id: UUID) -> CheckHead:
    known = read_teams(head.teams)
    if team_id in known:
        return head
    return replace(head, teams=write_teams({*known, team_id}), checked_on=today())


def _find(accusing: Accusing) -> ConflictCheck | None:
    """None for one that cannot be opened: the damaged record of one team must not keep another
    from taking people in, and the check of the whole house finds it."""
    check_id = id_of_check(accusing.case_id, accusing.perpetrator_id)
    try:
        return db.session.get(ConflictCheck, check_id, populate_existing=True)
    except CannotOpen:
        return None


def _others(person_id: UUID) -> list[Accusing]:
    """Alleged perpetrators whom the secret order gives for this person."""
    places = {f"place_{n}": _secret(person_id, str(n)) for n in range(PLACES)}
    found = [Accusing(*row) for row in db.session.execute(SOME_PERPETRATORS, places)]
    return sorted(found, key=lambda each: _secret(person_id, str(each.perpetrator_id)))


def _secret(person_id: UUID, what: str) -> bytes:
    token: bytes = current_app.extensions["vault"].blind_token(
        "conflict_cover", str(person_id), what
    )
    return token


def _some_perpetrators() -> Select[UUID, UUID]:
    """The first whose token is not below each place; tokens are spread evenly."""
    picks = union_all(*(select(pick.c.perpetrator_id) for pick in _picks())).subquery()
    return select(AllegedPerpetrator.case_id, AllegedPerpetrator.id).where(
        AllegedPerpetrator.id.in_(select(picks.c.perpetrator_id))
    )


def _picks() -> Iterator[Any]:
    for n in range(PLACES):
        place = bindparam(f"place_{n}", type_=LargeBinary())
        query = select(PerpetratorToken.perpetrator_id).where(PerpetratorToken.token >= place)
        yield query.order_by(PerpetratorToken.token).limit(1).subquery()


SOME_PERPETRATORS = _some_perpetrators()
