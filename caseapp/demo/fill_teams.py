"""Writes what belongs to a team and to no case: the directory, and who was referred to it."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from caseapp.access.actors import Actor, Role
from caseapp.accounts.models import Team
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.database import db, transaction
from caseapp.demo.agencies import directory
from caseapp.demo.lives import IncomingTold
from caseapp.demo.referral_records import incoming_row
from caseapp.demo.workers import TEAMS
from caseapp.directory.actions import add_service


def fill_directory(
    teams: Mapping[str, Team], users: Mapping[str, UUID], last: date
) -> dict[str, UUID]:
    """Ids of the services by name, as the manager of the first team would enter them."""
    team = TEAMS[0]
    by = Actor(users[team.manager], Role.MANAGER, teams[team.name].id)
    with transaction():
        return {entry.name: add_service(entry, by).id for entry in directory(last)}


def fill_incoming(
    incoming: Sequence[IncomingTold], teams: Mapping[str, Team], users: Mapping[str, UUID]
) -> None:
    with transaction():
        for told in incoming:
            row = incoming_row(told, teams[told.team].id, users[told.author])
            db.session.add(row)
            record(Kind.DEMO_FILLED, actor=None, team_id=row.team_id, subject_id=row.id)
