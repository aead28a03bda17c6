"""Finding accounts and teams."""

from collections.abc import Collection, Iterable
from uuid import UUID

from flask import current_app
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from caseapp.access.actors import Actor, Role
from caseapp.accounts.models import Team, User
from caseapp.database import db
from caseapp.vault.keyring import Vault
from caseapp.vault.owner_keys import warm


def load_signed_in(user_id: str) -> User | None:
    """The account of a session, read at each request, so that a change counts at the next one."""
    user = db.session.get(User, UUID(user_id))
    return user if user is not None and user.is_active else None


def email_token(email: str) -> bytes:
    """What an email address is looked up by. In hexadecimal, since tokens pass over the dots and
    hyphens of a name, and ann.abell@ is not anna.bell@."""
    vault: Vault = current_app.extensions["vault"]
    return vault.blind_token("account email", email.strip().casefold().encode().hex())


def find_user_by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email_token == email_token(email)))


def list_users() -> list[User]:
    """Every account with its team, by name."""
    return _by_name(select(User).options(joinedload(User.team)))


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names to show for the ids that records hold, in one query for those whose accounts this
    request has not read yet."""
    wanted = set(user_ids)
    known = {user.id: user for user in db.session.identity_map.values() if isinstance(user, User)}
    missing = wanted - known.keys()
    if missing:
        _warm(missing)
        users = db.session.scalars(select(User).where(User.id.in_(missing)))
        known |= {user.id: user for user in users}
    return {user_id: known[user_id].display_name for user_id in wanted if user_id in known}


def advocates_of_team(team_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of a team's active advocates, by name."""
    query = select(User).where(User.team_id == team_id, User.role == Role.ADVOCATE, User.is_active)
    return [(user.id, user.display_name) for user in _by_name(query)]


def advocates_by_email(team_id: UUID) -> dict[str, str]:
    """The ids of a team's active advocates, by their email in small letters."""
    query = select(User).where(User.team_id == team_id, User.role == Role.ADVOCATE, User.is_active)
    return {user.head.email.casefold(): str(user.id) for user in _by_name(query)}


def caseworkers_of_team(team_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of a team's active advocates and managers, by name."""
    roles = (Role.ADVOCATE, Role.MANAGER)
    query = select(User).where(User.team_id == team_id, User.role.in_(roles), User.is_active)
    return [(user.id, user.display_name) for user in _by_name(query)]


def find_advocate(user_id: str) -> Actor:
    """The actor behind an id that a form offered; raises NoResultFound where there is none."""
    return db.session.get_one(User, UUID(user_id)).actor


def list_teams() -> list[Team]:
    return list(db.session.scalars(select(Team).order_by(func.lower(Team.name))))


def active_administrators() -> set[UUID]:
    """Held until the end of the transaction, so that two cannot disable each other at once."""
    query = select(User.id).where(User.role == Role.ADMINISTRATOR, User.is_active)
    return set(db.session.scalars(query.with_for_update()))


def _by_name(query: Select[User]) -> list[User]:
    users = list(db.session.scalars(query))
    _warm(user.id for user in users)
    return sorted(users, key=lambda user: user.display_name.casefold())


def _warm(user_ids: Iterable[UUID]) -> None:
    keys: Collection[UUID] = list(user_ids)
    warm(db.session.connection(), current_app.extensions["vault"], keys)
