"""The one who acts, and the facts of a case that decide what they may do."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What an account is for."""

    ADVOCATE = "advocate"
    MANAGER = "manager"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Actor:
    """A signed-in account, or a command run by one. Advocates and managers belong to a team."""

    user_id: UUID
    role: Role
    team_id: UUID | None


@dataclass(frozen=True)
class CaseFacts:
    """What the policy needs to know of a case, and nothing more."""

    team_id: UUID
    advocate_id: UUID | None
    let_in_for_emergency: frozenset[UUID] = frozenset()  # users with a living break-glass grant
