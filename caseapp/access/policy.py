"""The policy: for each permission, the reasons that grant it. What is not written is refused."""

from collections.abc import Callable
from enum import StrEnum

from caseapp.access.actors import Actor, CaseFacts, Role
from caseapp.access.permissions import Permission


class Reason(StrEnum):
    """Why somebody was let through; it is written into the audit."""

    ASSIGNED = "assigned"
    SUPERVISES = "supervises"
    SAME_TEAM = "same_team"
    BROKE_GLASS = "broke_glass"
    CASEWORKER = "caseworker"
    LEADS_TEAM = "leads_team"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"
    OWN_ACCOUNT = "own_account"


Predicate = Callable[[Actor, CaseFacts | None], bool]


def is_assigned_advocate(actor: Actor, case: CaseFacts | None) -> bool:
    return (
        actor.role is Role.ADVOCATE
        and _is_in_team_of(actor, case)
        and case is not None
        and case.advocate_id == actor.user_id
    )


def supervises_team(actor: Actor, case: CaseFacts | None) -> bool:
    return actor.role is Role.MANAGER and _is_in_team_of(actor, case)


def is_colleague(actor: Actor, case: CaseFacts | None) -> bool:
    return actor.role is Role.ADVOCATE and _is_in_team_of(actor, case)


def broke_glass(actor: Actor, case: CaseFacts | None) -> bool:
    """Somebody from outside the team, let in for a short while in an emergency."""
    return case is not None and actor.user_id in case.let_in_for_emergency


def is_caseworker(actor: Actor, case: CaseFacts | None) -> bool:
    """An advocate or manager with a team, where no single case is in question."""
    return (
        case is None and actor.role in {Role.ADVOCATE, Role.MANAGER} and actor.team_id is not None
    )


def leads_team(actor: Actor, case: CaseFacts | None) -> bool:
    """A manager with a team, where no single case is in question."""
    return case is None and actor.role is Role.MANAGER and actor.team_id is not None


def is_analyst(actor: Actor, case: CaseFacts | None) -> bool:
    return case is None and actor.role is Role.ANALYST


def is_administrator(actor: Actor, case: CaseFacts | None) -> bool:
    return case is None and actor.role is Role.ADMINISTRATOR


def is_own_account(_actor: Actor, case: CaseFacts | None) -> bool:
    return case is None


def _is_in_team_of(actor: Actor, case: CaseFacts | None) -> bool:
    return case is not None and actor.team_id is not None and actor.team_id == case.team_id


# Asked in this order, so that the audit holds the strongest reason.
PREDICATES: dict[Reason, Predicate] = {
    Reason.ASSIGNED: is_assigned_advocate,
    Reason.SUPERVISES: supervises_team,
    Reason.SAME_TEAM: is_colleague,
    Reason.BROKE_GLASS: broke_glass,
    Reason.CASEWORKER: is_caseworker,
    Reason.LEADS_TEAM: leads_team,
    Reason.ANALYST: is_analyst,
    Reason.ADMINISTRATOR: is_administrator,
    Reason.OWN_ACCOUNT: is_own_account,
}

WORKING_THE_CASE = frozenset({Reason.ASSIGNED, Reason.SUPERVISES})
WHOLE_TEAM = frozenset({Reason.ASSIGNED, Reason.SUPERVISES, Reason.SAME_TEAM})
IN_AN_EMERGENCY = WHOLE_TEAM | {Reason.BROKE_GLASS}

POLICY: dict[Permission, frozenset[Reason]] = {
    Permission.SEE_CASES: frozenset({Reason.CASEWORKER}),
    Permission.OPEN_NEW_CASE: frozenset({Reason.CASEWORKER}),
    Permission.OPEN_CASE: IN_AN_EMERGENCY,
    Permission.ADD_NOTE: IN_AN_EMERGENCY,
    Permission.EDIT_CASE: WORKING_THE_CASE,
    Permission.WRITE_PLAN: WORKING_THE_CASE,
    Permission.PRINT_PLAN: WORKING_THE_CASE,
    Permission.ALLOCATE_CASE: frozenset({Reason.SUPERVISES}),
    Permission.CLOSE_CASE: WORKING_THE_CASE,
    Permission.APPROVE_CLOSURE: frozenset({Reason.SUPERVISES}),
    Permission.SEE_PERPETRATORS: WORKING_THE_CASE,
    Permission.SETTLE_CONFLICT: frozenset({Reason.SUPERVISES}),
    Permission.DECIDE_SHARING: frozenset({Reason.SUPERVISES}),
    Permission.SEE_WHO_OPENED: WORKING_THE_CASE,
    Permission.BREAK_GLASS: frozenset({Reason.CASEWORKER}),
    Permission.REVIEW_BREAK_GLASS: frozenset({Reason.LEADS_TEAM}),
    Permission.LEAD_TEAM: frozenset({Reason.LEADS_TEAM}),
    Permission.IMPORT_CASES: frozenset({Reason.LEADS_TEAM}),
    Permission.MAKE_PACK: frozenset({Reason.LEADS_TEAM}),
    Permission.SEE_DIRECTORY: frozenset({Reason.CASEWORKER, Reason.ADMINISTRATOR}),
    Permission.KEEP_DIRECTORY: frozenset({Reason.LEADS_TEAM, Reason.ADMINISTRATOR}),
    Permission.SEE_RELEASES: frozenset({Reason.ANALYST, Reason.LEADS_TEAM}),
    Permission.MAKE_RELEASE: frozenset({Reason.ANALYST}),
    Permission.SIGN_RELEASE: frozenset({Reason.ANALYST, Reason.LEADS_TEAM}),
    Permission.CHOOSE_CATALOGUE: frozenset({Reason.ANALYST}),
    Permission.CHOOSE_METHOD: frozenset({Reason.ADMINISTRATOR}),
    Permission.KEEP_FIGURES: frozenset({Reason.ANALYST}),
    Permission.SEE_BOARD: frozenset({Reason.ANALYST, Reason.LEADS_TEAM}),
    Permission.KEEP_ACTION_PLAN: frozenset({Reason.ANALYST}),
    Permission.SEE_DATA_QUALITY: frozenset({Reason.ANALYST, Reason.LEADS_TEAM}),
    Permission.GIVE_SURVEY: frozenset({Reason.CASEWORKER, Reason.ANALYST}),
    Permission.KEEP_QUESTIONNAIRES: frozenset({Reason.ANALYST}),
    Permission.CODE_ANSWERS: frozenset({Reason.ANALYST}),
    Permission.SEE_VOICE: frozenset({Reason.CASEWORKER, Reason.ANALYST}),
    Permission.KEEP_FINDINGS: frozenset({Reason.ANALYST}),
    Permission.MANAGE_ACCOUNTS: frozenset({Reason.ADMINISTRATOR}),
    Permission.READ_AUDIT: frozenset({Reason.ADMINISTRATOR}),
    Permission.KEEP_ACCOUNT: frozenset({Reason.OWN_ACCOUNT}),
}


def decide(actor: Actor, permission: Permission, case: CaseFacts | None = None) -> Reason | None:
    """The strongest reason that lets the actor do it, or None: refused."""
    granted = POLICY.get(permission, frozenset())
    return next(
        (
            reason
            for reason, holds in PREDICATES.items()
            if reason in granted and holds(actor, case)
        ),
        None,
    )
