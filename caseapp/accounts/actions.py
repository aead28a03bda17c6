"""Changes to accounts and teams, each with its word in the audit."""

from uuid import UUID, uuid4

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from caseapp.access.actors import Actor, Role
from caseapp.access.policy import Reason
from caseapp.accounts import second_factor
from caseapp.accounts.models import Team, User, UserBody, UserHead
from caseapp.accounts.new_passwords import new_start_password
from caseapp.accounts.passwords import hash_password
from caseapp.accounts.queries import active_administrators, email_token
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.database import db
from caseapp.web.sessions import end_sessions
from config import SettingsError

IN_TEAMS = {Role.ADVOCATE, Role.MANAGER}


class EmailTaken(Exception):
    """Another account signs in with this address."""


class TeamNameTaken(Exception):
    """Another team has this name."""


class LastAdministrator(Exception):
    """Without this one nobody could manage accounts."""


def create_team(
    name: str, service: str, *, team_id: UUID | None = None, by: Actor | None = None
) -> Team:
    """A team of one service, a code of the list "service". Raises TeamNameTaken."""
    if db.session.scalar(select(Team.id).where(Team.name == name)):
        raise TeamNameTaken
    team = Team(id=team_id or uuid4(), name=name, service=service)
    db.session.add(team)
    record(
        Kind.TEAM_CREATED,
        actor=by,
        subject_id=team.id,
        reason=_reason(by),
        detail={"service": service},
    )
    return team


def create_user(
    name: str,
    email: str,
    role: Role,
    team: Team | None,
    password_hash: str,
    *,
    user_id: UUID | None = None,
    must_change_password: bool = False,
    second_factor_off: bool = False,
    by: Actor | None = None,
) -> User:
    """An account. Hash the password beforehand, outside the transaction: passwords.hash_password.

    `second_factor_off` counts for the six demo accounts of a demo home alone. Raises EmailTaken.
    """
    _check_team(role, team)
    user = User(
        id=user_id or uuid4(),
        email_token=_free_token(email),
        password_hash=password_hash,
        role=role,
        team_id=team.id if team else None,
        head=UserHead(name=name, email=email),
        body=UserBody(
            must_change_password=must_change_password, second_factor_off=second_factor_off
        ),
    )
    db.session.add(user)
    _record_by(Kind.ACCOUNT_CREATED, user, by, {"role": role.value})
    return user


def create_first_administrator(name: str, email: str) -> str:
    """For a new home: returns the password for the first sign-in. Raises SettingsError."""
    password = new_start_password()
    create_user(
        name.strip() or "Administrator",
        normal_email(email),
        Role.ADMINISTRATOR,
        None,
        hash_password(password),
        must_change_password=True,
    )
    return password


def normal_email(email: str) -> str:
    """As it will be looked up; raises SettingsError for what nobody could sign in with."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized
    except EmailNotValidError:
        raise SettingsError("An email address looks like name@example.org") from None


def change_user(
    user: User, *, name: str, email: str, role: Role, team: Team | None, by: Actor
) -> None:
    """Raises EmailTaken, LastAdministrator. Counts from the account's next request."""
    _check_team(role, team)
    if role is not Role.ADMINISTRATOR:
        _refuse_last_administrator(user)
    if email != user.head.email:
        user.email_token = _free_token(email, user)
    if (name, email) != (user.head.name, user.head.email):
        user.head = UserHead(name=name, email=email)
    user.role, user.team_id = role, team.id if team else None
    _record_by(Kind.ACCOUNT_CHANGED, user, by, {"role": role.value})


def disable_user(user: User, by: Actor) -> None:
    """End the account's sessions and let it start no other. Raises LastAdministrator."""
    _refuse_last_administrator(user)
    user.is_active = False
    end_sessions(user.id)
    _record_by(Kind.ACCOUNT_DISABLED, user, by)


def enable_user(user: User, by: Actor) -> None:
    user.is_active = True
    _record_by(Kind.ACCOUNT_CHANGED, user, by, {"active": 1})


def give_start_password(user: User, password_hash: str, by: Actor) -> None:
    """A password for one sign-in, for somebody who forgot theirs."""
    user.password_hash = password_hash
    user.remember(must_change_password=True)
    end_sessions(user.id)
    _record_by(Kind.PASSWORD_CHANGED, user, by)


def reset_second_factor(user: User, by: Actor) -> None:
    """For a lost phone: at the next sign-in a new second factor is set up."""
    user.remember(second_factor=None, last_step=0, recovery_digests=())
    end_sessions(user.id)
    _record_by(Kind.SECOND_FACTOR_CHANGED, user, by)


def change_password(user: User, password_hash: str) -> None:
    """Somebody's own new password; every session of theirs ends."""
    user.password_hash = password_hash
    user.remember(must_change_password=False)
    end_sessions(user.id)
    _record_own(Kind.PASSWORD_CHANGED, user)


def change_second_factor(user: User, secret: str, step: int) -> None:
    """`step` is that of the code which proved the secret: it cannot be used again."""
    user.remember(second_factor=secret, last_step=step)
    end_sessions(user.id)
    _record_own(Kind.SECOND_FACTOR_CHANGED, user)


def replace_recovery_codes(user: User) -> tuple[str, ...]:
    """New codes, to be shown once; the old ones stop working."""
    codes = second_factor.new_recovery_codes()
    user.remember(recovery_digests=tuple(second_factor.digest_of(code) for code in codes))
    _record_own(Kind.SECOND_FACTOR_CHANGED, user, {"recovery_codes": len(codes)})
    return codes


def end_all_sessions(user: User) -> None:
    """Sign out everywhere."""
    ended = end_sessions(user.id)
    _record_own(Kind.SESSIONS_ENDED, user, {"sessions": ended})


def _check_team(role: Role, team: Team | None) -> None:
    if (team is not None) != (role in IN_TEAMS):
        raise ValueError("advocates and managers have a team, and nobody else has")


def _free_token(email: str, own: User | None = None) -> bytes:
    token = email_token(email)
    holder = db.session.scalar(select(User.id).where(User.email_token == token))
    if holder is not None and (own is None or holder != own.id):
        raise EmailTaken
    return token


def _refuse_last_administrator(user: User) -> None:
    if active_administrators() == {user.id}:
        raise LastAdministrator


def _record_by(
    kind: Kind, user: User, by: Actor | None, detail: dict[str, str | int] | None = None
) -> None:
    record(kind, actor=by, subject_id=user.id, reason=_reason(by), detail=detail)


def _record_own(kind: Kind, user: User, detail: dict[str, str | int] | None = None) -> None:
    record(kind, actor=user.actor, subject_id=user.id, reason=Reason.OWN_ACCOUNT, detail=detail)


def _reason(by: Actor | None) -> Reason | None:
    """None for a command, which acts without an account."""
    return Reason.ADMINISTRATOR if by else None
