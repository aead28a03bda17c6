"""Teams, the people who work in them, and what their guesses have used up."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.access.actors import Actor, Role
from caseapp.database import Base, PlainBase
from caseapp.vault.sealed_rows import SealedDocument, SealedRow


class Team(Base):
    """A team of one service; cases and advocates belong to it."""

    __tablename__ = "teams"

    name: Mapped[str] = mapped_column(String(100), unique=True)
    service: Mapped[str] = mapped_column(String(40))  # code of the list "service"


class UserHead(msgspec.Struct, frozen=True, kw_only=True):
    """Who it is: what lists of accounts show."""

    name: str
    email: str


class UserBody(msgspec.Struct, frozen=True, kw_only=True):
    """What only signing in needs."""

    second_factor: str | None = None  # base32; None until it is set up
    last_step: int = 0  # the newest time step whose code was used
    recovery_digests: tuple[str, ...] = ()
    must_change_password: bool = False
    second_factor_off: bool = False  # believed for demo accounts in a demo home alone


class User(SealedRow, Base):
    """An account. It is never deleted, only disabled: the audit names it."""

    __tablename__ = "users"
    __label__ = "user"
    __key_owner__ = "id"
    __key_kind__ = "user"
    __bound_columns__ = ("email_token", "password_hash", "role", "team_id", "is_active")

    email_token: Mapped[bytes] = mapped_column(LargeBinary(8), unique=True, active_history=True)
    password_hash: Mapped[str] = mapped_column(String(200), active_history=True)
    role: Mapped[str] = mapped_column(String(20), active_history=True)
    team_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("teams.id"), index=True, active_history=True
    )
    is_active: Mapped[bool] = mapped_column(default=True, active_history=True)
    team: Mapped[Team | None] = relationship(viewonly=True)
    head = SealedDocument(UserHead)
    body = SealedDocument(UserBody)

    @property
    def display_name(self) -> str:
        return self.head.name

    @property
    def actor(self) -> Actor:
        return Actor(self.id, Role(self.role), self.team_id)

    # What flask-login asks of an account; is_active is the column.
    is_authenticated = True
    is_anonymous = False

    def get_id(self) -> str:
        return str(self.id)

    def remember(self, **changes: Any) -> None:
        """Replace some of what signing in needs."""
        self.body = msgspec.structs.replace(self.body, **changes)


class UsedTries(PlainBase):
    """When the tries made against one account, from one place, will be paid back. The key is a
    keyed hash: the table names neither accounts nor addresses."""

    __tablename__ = "used_tries"

    key: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)
    paid_back_at: Mapped[int] = mapped_column(BigInteger, index=True)  # seconds since 1970
