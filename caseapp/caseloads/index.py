"""The open cases of each team in memory, because the days in them are sealed and SQL cannot sort.

The index decides order and membership alone. What is shown is loaded and opened anew, within the
actor's team: an index that lags can show an old order, and never a case that is not theirs.
"""

import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy.orm import Session

from caseapp.caseloads.changes import cases_touched, changes_since, newest_places
from caseapp.caseloads.open_cases import OpenCase, Same, ids_of_open_cases, read_open_cases
from caseapp.database import read_snapshot
from caseapp.vault.unshown import Unshown

Answer = TypeVar("Answer")

# Orders and counts of one team: a handful for each who is at work. A list of 10,000 ids is 80 kB.
MOST_REMEMBERED = 256
MISSING = object()


@dataclass(eq=False, repr=False)
class TeamCases(Unshown):
    """A team's open cases at one moment. It is replaced and never changed, so that whoever holds
    it need not lock it, and what was worked out of it stays right."""

    by_id: Mapping[UUID, OpenCase] = field(default_factory=dict)
    _remembered: dict[Hashable, Any] = field(default_factory=dict)

    def remember(self, key: Hashable, work_out: Callable[[Iterable[OpenCase]], Answer]) -> Answer:
        """Work something out of the cases once. `key` names it with all that it depends on, the
        day too. Another thread may forget it at any moment."""
        found = self._remembered.get(key, MISSING)
        if found is MISSING:
            found = work_out(self.by_id.values())
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = found
        return cast(Answer, found)


class Caseload(Unshown):
    """One process's index; its methods may be called from any thread, in an app context."""

    def __init__(self) -> None:
        self._teams: dict[UUID, TeamCases] = {}
        self._places: dict[UUID, int] = {}
        self._same: Same = {}
        self._lock = threading.Lock()

    def of_team(self, session: Session, team_id: UUID | None) -> TeamCases:
        """The team's open cases as they are committed now."""
        with self._lock:
            self._refresh(session)
            return self._teams.get(team_id, TeamCases()) if team_id else TeamCases()

    def make_ready(self, session: Session) -> None:
        """Read every open case before anybody asks."""
        with self._lock:
            self._refresh(session)

    def _refresh(self, session: Session) -> None:
        if self._places:
            changes = changes_since(session, self._places)
            if not changes:
                self._places = changes.places
                return
        # Not in the caller's transaction, which may hold what is never committed.
        with read_snapshot() as snapshot:
            self._catch_up(snapshot)

    def _catch_up(self, snapshot: Session) -> None:
        changes = changes_since(snapshot, self._places) if self._places else None
        if changes is None or changes.anything:
            places, ids = newest_places(snapshot), ids_of_open_cases(snapshot)
            self._teams = _grouped({}, read_open_cases(snapshot, ids, self._same))
        else:
            places, ids = changes.places, cases_touched(snapshot, changes)
            self._exchange(set(ids), list(read_open_cases(snapshot, ids, self._same)))
        self._places = places

    def _exchange(self, ids: set[UUID], found: Iterable[OpenCase]) -> None:
        """Put what was found in the place of these cases, in whichever team they were."""
        kept = {
            team_id: {case.id: case for case in team.by_id.values() if case.id not in ids}
            for team_id, team in self._teams.items()
            if not ids.isdisjoint(team.by_id)
        }
        found = list(found)
        for team_id in {case.team_id for case in found} - kept.keys():
            kept[team_id] = dict(self._teams.get(team_id, TeamCases()).by_id)
        self._teams = self._teams | _grouped(kept, found)


def _grouped(
    teams: dict[UUID, dict[UUID, OpenCase]], cases: Iterable[OpenCase]
) -> dict[UUID, TeamCases]:
    for case in cases:
        teams.setdefault(case.team_id, {})[case.id] = case
    return {team_id: TeamCases(by_id) for team_id, by_id in teams.items()}
