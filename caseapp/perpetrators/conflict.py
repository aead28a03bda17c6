"""The conflict check: an alleged perpetrator who is a client somewhere, or the other way round.

A worker may learn nothing but that they should speak to their manager. So the same statements run,
the same rows are written and the same entries are audited whether or not anybody is found; what
was found lies sealed in those rows, and only the manager of each team is shown it.
"""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from flask import current_app
from msgspec.structs import replace
from sqlalchemy import BindParameter, bindparam, func, select

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.cases.acts import note_act
from caseapp.cases.door import may
from caseapp.cases.models import Case
from caseapp.clock import today
from caseapp.database import db
from caseapp.people.models import Person, PersonToken
from caseapp.perpetrators.earlier_cases import Accusing, tell_earlier_cases
from caseapp.perpetrators.found_teams import read_teams, write_teams
from caseapp.perpetrators.models import (
    AllegedPerpetrator,
    CheckBody,
    CheckHead,
    ConflictCheck,
    PerpetratorToken,
    id_of_check,
)
from caseapp.perpetrators.rules import is_among_contacts, phones_of
from caseapp.perpetrators.tokens import clients_tokens, perpetrators_tokens
from caseapp.vault.unlocked import TOKEN_SIZE, Vault

WARNING = "Speak to your manager before you go on"
NAMED_AMONG_CONTACTS = (
    "Somebody recorded as an alleged perpetrator may be among those who may answer the phone."
    " Check safe contact before you call or write"
)
ONE_AT_A_TIME = 0x636F6E666C696374  # the number of an advisory lock; any would do

IS_ONE: BindParameter[Any] = bindparam("tokens", expanding=True)
TEAMS_OF_CLIENTS = (
    select(Case.team_id)
    .join(PersonToken, PersonToken.person_id == Case.person_id)
    .where(PersonToken.token.in_(IS_ONE), Case.person_id != bindparam("own"))
    .distinct()
)
ACCUSING = (
    select(Case.team_id, AllegedPerpetrator.case_id, AllegedPerpetrator.id)
    .join(AllegedPerpetrator, AllegedPerpetrator.case_id == Case.id)
    .join(PerpetratorToken, PerpetratorToken.perpetrator_id == AllegedPerpetrator.id)
    .where(PerpetratorToken.token.in_(IS_ONE), Case.person_id != bindparam("own"))
    .distinct()
)


def check_perpetrator(case: Case, perpetrator: AllegedPerpetrator, by: Actor) -> None:
    """Is this alleged perpetrator a client of any team? To be called in the transaction that
    recorded or changed them."""
    head, facts = perpetrator.head, perpetrator.body.facts
    tokens = clients_tokens(_vault(), head, facts)
    teams = {row.team_id for row in _look_up(TEAMS_OF_CLIENTS, tokens, case.person_id)}
    contact = db.session.get_one(Person, case.person_id).body.safe_contact
    danger = is_among_contacts(contact, head, phones_of(facts))
    _keep(case, perpetrator.id, tokens, teams, by, is_client=False, may_answer=danger)


def check_client(case: Case, by: Actor) -> None:
    """Is the person of this case an alleged perpetrator in a case of any team? Then those cases
    hear of it too. To be called in the transaction that took them in or changed who they are."""
    person = db.session.get_one(Person, case.person_id)
    tokens = perpetrators_tokens(_vault(), person)
    found = _look_up(ACCUSING, tokens, person.id)
    teams = {row.team_id for row in found}
    _keep(case, person.id, tokens, teams, by, is_client=True, may_answer=False)
    tell_earlier_cases(case, {Accusing(row.case_id, row.id) for row in found}, by)


def _look_up(query: Any, tokens: Collection[bytes], own: UUID) -> Sequence[Any]:
    """Somebody of whom too little is known is looked up by a token that nobody has: that nothing
    could be checked shows no more than that nothing was found."""
    wait_for_others()
    asked = list(tokens) or [secrets.token_bytes(TOKEN_SIZE)]
    return db.session.execute(query, {"tokens": asked, "own": own}).all()


def wait_for_others() -> None:
    """Before checks are read that will be written. On PostgreSQL two who are recorded at the same
    moment would not see each other; the embedded database has one writer at a time already."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))


def _keep(
    case: Case,
    subject_id: UUID,
    tokens: Collection[bytes],
    teams: Collection[UUID],
    by: Actor,
    *,
    is_client: bool,
    may_answer: bool,
) -> None:
    """One row for each who was checked. A team that the manager has settled stays settled, as
    long as it is the same somebody."""
    row_id = id_of_check(case.id, subject_id)
    check = db.session.get(ConflictCheck, row_id, populate_existing=True)
    before, body = (check.head, check.body) if check else (None, CheckBody())
    identity = hashlib.sha256(b"".join(sorted(tokens))).hexdigest()
    is_same = before is not None and body.identity in {identity, ""}
    if check is None:
        check = ConflictCheck(
            id=row_id, case_id=case.id, subject_id=subject_id, author_id=by.user_id
        )
        db.session.add(check)
    check.head = CheckHead(
        since=before.since if before else today(),
        checked_on=today(),
        is_client=is_client,
        teams=write_teams(teams),
        settled=before.settled if before and is_same else write_teams(()),
        may_answer=may_answer,
    )
    check.body = replace(body, identity=identity)
    if may(by, Permission.OPEN_CASE, case):
        note_act(Kind.CONFLICT_CHECKED, case, by, Permission.OPEN_CASE, subject_id=subject_id)
    else:  # another team's, of the same person: who changed the person is not for them to know
        record(Kind.CONFLICT_RENEWED, actor=by, case_id=case.id, subject_id=subject_id)


def open_teams(head: CheckHead) -> set[UUID]:
    """Where somebody was found, as far as the manager has not settled it."""
    return read_teams(head.teams) - read_teams(head.settled)


def _vault() -> Vault:
    vault: Vault = current_app.extensions["vault"]
    return vault
