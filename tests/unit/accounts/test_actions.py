"""Changes to accounts and teams, on both kinds of database."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from caseapp.access.actors import Role
from caseapp.accounts import actions, second_factor
from caseapp.accounts.actions import EmailTaken, LastAdministrator, TeamNameTaken
from caseapp.accounts.models import Team, User
from caseapp.accounts.passwords import is_password_of
from caseapp.accounts.queries import find_user_by_email
from caseapp.audit.models import AuditEntry
from caseapp.database import PlainBase, db, transaction
from caseapp.vault.errors import CannotOpen
from config import SettingsError
from tests.cast import Cast

HASH = "a hash"
USERS = PlainBase.metadata.tables["users"]


def create(email: str, role: Role = Role.ANALYST, team: Team | None = None) -> User:
    return actions.create_user("Somebody", email, role, team, HASH)


def test_an_account_is_found_by_its_address_however_it_is_typed(
    each_engine: tuple[Flask, Cast],
) -> None:
    with each_engine[0].app_context(), transaction():
        made = create("Some.Body@cast.example")
        for typed in ("some.body@cast.example", " SOME.BODY@CAST.EXAMPLE "):
            assert find_user_by_email(typed) is made


def test_two_people_whose_addresses_differ_by_a_dot_are_two(app: Flask) -> None:
    with app.app_context(), transaction():
        first, second = create("ann.abell@cast.example"), create("anna.bell@cast.example")
        assert find_user_by_email("ann.abell@cast.example") is first
        assert find_user_by_email("anna.bell@cast.example") is second


def test_an_address_belongs_to_one_account(each_engine: tuple[Flask, Cast]) -> None:
    with each_engine[0].app_context(), transaction(), pytest.raises(EmailTaken):
        create("MANAGER@cast.example")


def test_a_team_name_belongs_to_one_team(app: Flask) -> None:
    with app.app_context(), transaction(), pytest.raises(TeamNameTaken):
        actions.create_team("Youth violence", "youth_violence")


@pytest.mark.parametrize("role", [Role.ADVOCATE, Role.MANAGER])
def test_advocates_and_managers_have_a_team(app: Flask, role: Role) -> None:
    with app.app_context(), pytest.raises(ValueError, match="have a team"):
        create("some.body@cast.example", role, None)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
def test_nobody_else_has_a_team(app: Flask, role: Role) -> None:
    with app.app_context(), pytest.raises(ValueError, match="have a team"):
        create("some.body@cast.example", role, db.session.scalars(select(Team)).first())


def test_neither_name_nor_address_nor_secret_lies_open_in_the_row(app: Flask) -> None:
    with app.app_context(), transaction():
        user = create("some.body@cast.example")
        actions.change_second_factor(user, "JBSWY3DPEHPK3PXP", 1)
        user_id = user.id
    with app.app_context():
        table = USERS
        row = db.session.execute(select(table).where(table.c.id == user_id)).one()
    stored = b"".join(value if isinstance(value, bytes) else repr(value).encode() for value in row)
    for secret in (b"Somebody", b"some.body", b"JBSWY3DPEHPK3PXP"):
        assert secret not in stored


@pytest.mark.parametrize(
    ("column", "value"),
    [("role", "administrator"), ("is_active", 1), ("password_hash", "mine"), ("team_id", None)],
)
def test_an_account_that_was_changed_in_the_database_opens_no_more(
    app: Flask, cast: Cast, column: str, value: object
) -> None:
    """Somebody with the database makes themselves an administrator, or puts in their own hash."""
    table = USERS
    with app.app_context():
        changed = update(table).where(table.c.id == cast.nobody.user_id).values({column: value})
        db.session.connection().execute(changed)
        with pytest.raises(CannotOpen):
            db.session.get(User, cast.nobody.user_id)
        db.session.rollback()


def test_the_audit_says_what_happened_to_an_account_and_names_nobody(
    app: Flask, cast: Cast
) -> None:
    with app.app_context(), transaction():
        user = actions.create_user(
            "Nadia Osei", "nadia@cast.example", Role.ANALYST, None, HASH, by=cast.administrator
        )
        actions.disable_user(user, cast.administrator)
        user_id = user.id
    with app.app_context():
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == user_id))
        found = list(entries)
    assert [entry.kind for entry in found] == ["account_created", "account_disabled"]
    assert all(entry.actor_id == cast.administrator.user_id for entry in found)
    assert all(entry.reason == "administrator" for entry in found)
    assert "adia" not in "".join(entry.detail for entry in found)


def test_the_last_administrator_stays(each_engine: tuple[Flask, Cast]) -> None:
    app, cast = each_engine
    with app.app_context(), transaction():
        only = db.session.get_one(User, cast.administrator.user_id)
        with pytest.raises(LastAdministrator):
            actions.disable_user(only, cast.administrator)
        create("second@cast.example", Role.ADMINISTRATOR)
        actions.disable_user(only, cast.administrator)
        assert not only.is_active


def test_recovery_codes_are_kept_as_digests(app: Flask, cast: Cast) -> None:
    with app.app_context(), transaction():
        user = db.session.get_one(User, cast.analyst.user_id)
        codes = actions.replace_recovery_codes(user)
        kept = user.body.recovery_digests
    assert not set(codes) & set(kept)
    assert {second_factor.digest_of(code) for code in codes} == set(kept)


def test_the_first_administrator_must_change_the_start_password(app: Flask) -> None:
    with app.app_context(), transaction():
        password = actions.create_first_administrator("Ada", " Ada@Cast.Example ")
        user = find_user_by_email("ada@cast.example")
        assert user is not None
        assert is_password_of(user.password_hash, password)
        assert (user.role, user.body.must_change_password) == ("administrator", True)


def test_an_administrator_whom_nobody_could_sign_in_as_is_not_made(app: Flask) -> None:
    with app.app_context(), pytest.raises(SettingsError, match="looks like"):
        actions.create_first_administrator("Ada", "ada")
