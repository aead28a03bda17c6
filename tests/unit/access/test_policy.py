"""The policy, said again as two tables that a manager can read, and held against the code."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseapp.access.actors import Actor, CaseFacts, Role
from caseapp.access.permissions import Permission
from caseapp.access.policy import POLICY, PREDICATES, Reason, decide

TEAM, OTHER_TEAM = UUID(int=1), UUID(int=2)

ACTORS = {
    "assigned": Actor(UUID(int=11), Role.ADVOCATE, TEAM),
    "colleague": Actor(UUID(int=12), Role.ADVOCATE, TEAM),
    "manager": Actor(UUID(int=13), Role.MANAGER, TEAM),
    "other_team": Actor(UUID(int=14), Role.ADVOCATE, OTHER_TEAM),
    "other_manager": Actor(UUID(int=15), Role.MANAGER, OTHER_TEAM),
    "no_team": Actor(UUID(int=16), Role.ADVOCATE, None),
    "analyst": Actor(UUID(int=17), Role.ANALYST, None),
    "administrator": Actor(UUID(int=18), Role.ADMINISTRATOR, None),
    "broke_glass": Actor(UUID(int=19), Role.MANAGER, OTHER_TEAM),
}
CASE = CaseFacts(TEAM, ACTORS["assigned"].user_id, frozenset({UUID(int=19)}))

# With the case of the assigned advocate. A dot is a refusal.
WITH_A_CASE = """
                 assigned colleague  manager    other_team other_manager no_team analyst administrator broke_glass
open_case        assigned same_team  supervises .          .             .       .       .             broke_glass
add_note         assigned same_team  supervises .          .             .       .       .             broke_glass
edit_case        assigned .          supervises .          .             .       .       .             .
write_plan       assigned .          supervises .          .             .       .       .             .
print_plan       assigned .          supervises .          .             .       .       .             .
allocate_case    .        .          supervises .          .             .       .       .             .
close_case       assigned .          supervises .          .             .       .       .             .
approve_closure  .        .          supervises .          .             .       .       .             .
see_perpetrators assigned .          supervises .          .             .       .       .             .
settle_conflict  .        .          supervises .          .             .       .       .             .
decide_sharing   .        .          supervises .          .             .       .       .             .
see_who_opened   assigned .          supervises .          .             .       .       .             .
"""  # noqa: E501

# Where no single case is in question.
WITHOUT_A_CASE = """
                   assigned    colleague   manager     other_team  other_manager no_team     analyst     administrator
see_cases          caseworker  caseworker  caseworker  caseworker  caseworker    .           .           .
open_new_case      caseworker  caseworker  caseworker  caseworker  caseworker    .           .           .
break_glass        caseworker  caseworker  caseworker  caseworker  caseworker    .           .           .
review_break_glass .           .           leads_team  .           leads_team    .           .           .
lead_team          .           .           leads_team  .           leads_team    .           .           .
import_cases       .           .           leads_team  .           leads_team    .           .           .
make_pack          .           .           leads_team  .           leads_team    .           .           .
see_directory      caseworker  caseworker  caseworker  caseworker  caseworker    .           .           administrator
keep_directory     .           .           leads_team  .           leads_team    .           .           administrator
see_releases       .           .           leads_team  .           leads_team    .           analyst     .
make_release       .           .           .           .           .             .           analyst     .
sign_release       .           .           leads_team  .           leads_team    .           analyst     .
choose_catalogue   .           .           .           .           .             .           analyst     .
choose_method      .           .           .           .           .             .           .           administrator
keep_figures       .           .           .           .           .             .           analyst     .
see_board          .           .           leads_team  .           leads_team    .           analyst     .
keep_action_plan   .           .           .           .           .             .           analyst     .
see_data_quality   .           .           leads_team  .           leads_team    .           analyst     .
give_survey        caseworker  caseworker  caseworker  caseworker  caseworker    .           analyst     .
see_voice          caseworker  caseworker  caseworker  caseworker  caseworker    .           analyst     .
keep_questionnaires .          .           .           .           .             .           analyst     .
code_answers       .           .           .           .           .             .           analyst     .
keep_findings      .           .           .           .           .             .           analyst     .
manage_accounts    .           .           .           .           .             .           .           administrator
read_audit         .           .           .           .           .             .           .           administrator
keep_account       own_account own_account own_account own_account own_account   own_account own_account own_account
"""  # noqa: E501

Line = tuple[Permission, str, Reason | None]


def lines_of(table: str) -> list[Line]:
    """(permission, name of the actor, expected reason) for each place of a table."""
    names, *rows = (row.split() for row in table.strip().splitlines())
    return [
        (Permission(row[0]), name, None if cell == "." else Reason(cell))
        for row in rows
        for name, cell in zip(names, row[1:], strict=True)
    ]


def permissions_in(table: str) -> set[Permission]:
    return {permission for permission, _, _ in lines_of(table)}


@pytest.mark.parametrize(("permission", "who", "reason"), lines_of(WITH_A_CASE))
def test_what_may_be_done_with_a_case_is_what_the_table_says(
    permission: Permission, who: str, reason: Reason | None
) -> None:
    assert decide(ACTORS[who], permission, CASE) is reason


@pytest.mark.parametrize(("permission", "who", "reason"), lines_of(WITHOUT_A_CASE))
def test_what_may_be_done_without_a_case_is_what_the_table_says(
    permission: Permission, who: str, reason: Reason | None
) -> None:
    assert decide(ACTORS[who], permission) is reason


def test_every_permission_stands_in_one_of_the_two_tables() -> None:
    both = permissions_in(WITH_A_CASE), permissions_in(WITHOUT_A_CASE)
    assert both[0] | both[1] == set(Permission)
    assert not both[0] & both[1]


@pytest.mark.parametrize("who", ACTORS)
def test_a_permission_of_cases_is_worth_nothing_without_the_case(who: str) -> None:
    for permission in permissions_in(WITH_A_CASE):
        assert decide(ACTORS[who], permission) is None


@pytest.mark.parametrize("who", ACTORS)
def test_a_permission_of_the_house_opens_no_case(who: str) -> None:
    for permission in permissions_in(WITHOUT_A_CASE):
        assert decide(ACTORS[who], permission, CASE) is None


def test_every_permission_is_written_in_the_policy() -> None:
    assert set(POLICY) == set(Permission)


def test_every_reason_has_a_rule_and_grants_something() -> None:
    assert set(PREDICATES) == set(Reason)
    assert frozenset().union(*POLICY.values()) == set(Reason)


def test_a_permission_that_the_policy_forgot_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(POLICY, Permission.KEEP_ACCOUNT)
    assert decide(ACTORS["manager"], Permission.KEEP_ACCOUNT) is None


teams = st.sampled_from([TEAM, OTHER_TEAM, None])
users = st.integers(1, 3).map(lambda number: UUID(int=number))
actors = st.builds(Actor, users, st.sampled_from(Role), teams)
cases = st.builds(CaseFacts, st.sampled_from([TEAM, OTHER_TEAM]), users | st.none())


@given(actors, st.sampled_from(Permission), cases)
def test_nobody_reaches_a_case_of_another_team(
    actor: Actor, permission: Permission, case: CaseFacts
) -> None:
    if actor.team_id != case.team_id:
        assert decide(actor, permission, case) is None


@given(actors, st.sampled_from(Permission), cases)
def test_only_advocates_and_managers_reach_a_case(
    actor: Actor, permission: Permission, case: CaseFacts
) -> None:
    if actor.role not in {Role.ADVOCATE, Role.MANAGER}:
        assert decide(actor, permission, case) is None


@given(actors, st.sampled_from(Permission), cases | st.none())
def test_the_reason_given_is_one_that_the_policy_grants(
    actor: Actor, permission: Permission, case: CaseFacts | None
) -> None:
    reason = decide(actor, permission, case)
    assert reason is None or reason in POLICY[permission]


@given(actors, cases)
def test_a_manager_who_was_an_advocate_is_not_taken_for_the_assigned_one(
    actor: Actor, case: CaseFacts
) -> None:
    if actor.role is Role.MANAGER:
        assert decide(actor, Permission.OPEN_CASE, case) in {None, Reason.SUPERVISES}
