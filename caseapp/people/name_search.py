"""Finding people by a part of their name: an index in memory, opened by us, stored nowhere."""

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseapp.people.models import NameChange, Person
from caseapp.vault.errors import CannotOpen
from caseapp.vault.name_index import NameIndex
from caseapp.vault.owner_keys import warm
from caseapp.vault.sealed_rows import open_document

# How the cases room tells which teams a person is known to: (person, team) pairs.
TeamsOf = Callable[[Session, Collection[UUID]], Iterable[tuple[UUID, UUID]]]

OVERLAP = 200  # read again behind the newest change: PostgreSQL may commit out of order
BATCH = 2000


class NameSearch:
    """One process's index. Teams are asked first, names second: a foreign name and an absent
    one take the same way."""

    def __init__(self) -> None:
        self._index = NameIndex()
        self._sequence = 0
        self._teams: set[UUID] = set()
        self._lock = threading.Lock()

    def search(
        self,
        session: Session,
        teams: Collection[UUID],
        text: str,
        limit: int,
        teams_of: TeamsOf,
    ) -> list[UUID]:
        """Ids of people of these teams whose name holds the text, at most `limit`."""
        with self._lock:
            self._refresh(session, teams_of)
            return self._index.search(teams, text, limit)

    def make_ready(self, session: Session, teams_of: TeamsOf) -> None:
        """Read every name before anybody asks."""
        with self._lock:
            self._refresh(session, teams_of)

    def _refresh(self, session: Session, teams_of: TeamsOf) -> None:
        newest = session.scalar(select(func.max(NameChange.sequence))) or 0
        if newest == self._sequence:
            return
        since = self._sequence - OVERLAP if self._sequence else 0
        changed = session.scalars(
            select(NameChange.person_id).where(NameChange.sequence > since).distinct()
        ).all()
        for start in range(0, len(changed), BATCH):
            self._put(session, changed[start : start + BATCH], teams_of)
        self._sequence = newest

    def _put(self, session: Session, people: Sequence[UUID], teams_of: TeamsOf) -> None:
        names = dict(_names(session, people))
        known = set(teams_of(session, people))
        for person_id, team_id in known:
            if person_id in names:
                self._index.put(team_id, person_id, names[person_id])
        self._teams |= {team_id for _, team_id in known}
        if self._sequence:  # in an index that is new nobody is in the wrong place
            self._drop_strays(people, known)

    def _drop_strays(self, people: Sequence[UUID], known: set[tuple[UUID, UUID]]) -> None:
        """Whom a team knows no more: their case went to another team, or they turned out to be
        somebody else."""
        for person_id in people:
            for team_id in self._teams:
                if (person_id, team_id) not in known:
                    self._index.drop(team_id, person_id)


def _names(session: Session, people: Sequence[UUID]) -> Iterable[tuple[UUID, str]]:
    """Threat: one damaged record that ends every search of the house. It has no name to be found
    by; the lists show it."""
    vault = session.info["vault"]
    warm(session.connection(), vault, people)
    query = select(Person.__table__).where(Person.id.in_(people))
    for row in cast("Iterable[Mapping[str, Any]]", session.execute(query).mappings()):
        try:
            head = open_document(vault, Person, "head", row)
        except (CannotOpen, LookupError):
            continue
        earlier = " ".join(identity.full_name for identity in head.earlier)
        yield row["id"], f"{head.given_name} {head.family_name} {head.preferred_name} {earlier}"
