"""What is worked out of a team's cases is kept, for as many as ask and whoever else asks."""

from typing import Any

from caseapp.caseloads.index import TeamCases


class Forgetful(dict[Any, Any]):
    """As if another thread cleared it between any two steps of this one."""

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) and self.pop(key) is not None

    def __setitem__(self, key: object, value: object) -> None:
        super().__setitem__("theirs", value)


def test_what_another_thread_forgets_meanwhile_is_answered_all_the_same() -> None:
    team = TeamCases({}, Forgetful({"known": "before"}))
    assert team.remember("new", lambda _cases: "worked out") == "worked out"
    assert team.remember("known", lambda _cases: "worked out") in {"before", "worked out"}


def test_what_a_whole_team_asks_for_in_the_morning_is_worked_out_once() -> None:
    team, worked_out = TeamCases(), list[int]()
    for _ in range(2):
        for who in range(40):
            for what in ("order", "dues", "risks", "gaps"):
                team.remember((what, who), lambda _cases: worked_out.append(1))
    assert len(worked_out) == 160
