"""Names in memory, to find people by a part of a name: nothing searchable lies on the disk.

Each group (a team) has its own names, so that a search never looks at a name that the searcher may
not know of. A group is one run of folded text; a search is a few scans of it.
"""

import threading
from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterator
from itertools import islice
from uuid import UUID

from caseapp.vault.folding import fold_name
from caseapp.vault.unshown import Unshown

CHANGES_UNSORTED = 1000
_BETWEEN = b"\n"
_ID_SIZE = 16


class NameIndex(Unshown):
    """An index of one process; its methods may be called from any thread."""

    def __init__(self) -> None:
        self._groups: dict[UUID, _Group] = {}
        self._lock = threading.Lock()

    def put(self, group: UUID, person_id: UUID, name: str) -> None:
        """Add a person to a group, or change their name there."""
        folded = fold_name(name).encode()
        with self._lock:
            self._groups.setdefault(group, _Group()).change(person_id.bytes, folded)

    def drop(self, group: UUID, person_id: UUID) -> None:
        with self._lock:
            if group in self._groups:
                self._groups[group].change(person_id.bytes, None)

    def search(self, groups: Collection[UUID], text: str, limit: int) -> list[UUID]:
        """People of these groups whose name holds every word of the text, by name, at most `limit`.

        Case, accents and punctuation do not count. Text without a letter or digit finds nobody.
        """
        words = [word.encode() for word in fold_name(text).split()]
        if not words or limit < 1:
            return []
        found: dict[bytes, bytes] = {}
        with self._lock:
            for group in dict.fromkeys(groups):
                if group in self._groups:
                    found |= self._groups[group].search(words, limit)
        in_order = sorted(found, key=lambda person_id: (found[person_id], person_id))
        return [UUID(bytes=person_id) for person_id in in_order[:limit]]


class _Group:
    """The names of one group: sorted text with its ids, and the changes since it was sorted."""

    def __init__(self) -> None:
        self._text = b""
        self._starts = array("I")
        self._ids = b""
        self._changes: dict[bytes, bytes | None] = {}

    def change(self, person_id: bytes, name: bytes | None) -> None:
        self._changes[person_id] = name

    def search(self, words: list[bytes], limit: int) -> dict[bytes, bytes]:
        """The first `limit` by name, and whoever matches among the latest changes."""
        if len(self._changes) > CHANGES_UNSORTED:
            self._sort()
        found = {
            person_id: name
            for person_id, name in self._changes.items()
            if name is not None and all(word in name for word in words)
        }
        unchanged = (
            (self._id_at(place), place)
            for place in self._places_of(words)
            if self._id_at(place) not in self._changes
        )
        for person_id, place in islice(unchanged, limit):
            found[person_id] = self._name_at(place)
        return found

    def _places_of(self, words: list[bytes]) -> Iterator[int]:
        """Places of the names that hold every word, in order. A word that is missing from a name
        leaps to the next name that has it, so that a rare word saves the common ones their work."""
        text, at = self._text, 0
        first, *others = sorted(words, key=len, reverse=True)
        while (hit := text.find(first, at)) >= 0:
            start, at = text.rfind(_BETWEEN, 0, hit) + 1, text.find(_BETWEEN, hit)
            for word in others:
                found = text.find(word, start)
                if found < 0:
                    return
                if found > at:
                    at = text.rfind(_BETWEEN, 0, found)
                    break
            else:
                yield bisect_right(self._starts, start) - 1

    def _sort(self) -> None:
        names = {self._id_at(place): self._name_at(place) for place in range(len(self._starts))}
        names |= {person_id: name or b"" for person_id, name in self._changes.items()}
        kept = sorted((name, person_id) for person_id, name in names.items() if name)
        self._starts = array("I")
        start = 0
        for name, _ in kept:
            self._starts.append(start)
            start += len(name) + len(_BETWEEN)
        self._text = b"".join(name + _BETWEEN for name, _ in kept)
        self._ids = b"".join(person_id for _, person_id in kept)
        self._changes = {}

    def _id_at(self, place: int) -> bytes:
        return self._ids[place * _ID_SIZE : (place + 1) * _ID_SIZE]

    def _name_at(self, place: int) -> bytes:
        return self._text[self._starts[place] : self._end_of(place) - len(_BETWEEN)]

    def _end_of(self, place: int) -> int:
        return self._starts[place + 1] if place + 1 < len(self._starts) else len(self._text)
