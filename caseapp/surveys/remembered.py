"""Facts that are too rare to be written down yet: kept in this process's memory alone.

Whoever has the database, the key and the issuing worker's diary can see whose codes were used. A
fact in the box that only one of those has would name them. So it is written only once enough in the
box share it; until then it lies here, and where the process ends first nobody ever learns it.
"""

from collections.abc import Sequence
from threading import Lock

from flask import Flask, current_app
from msgspec.structs import replace

from caseapp.surveys.anonymity import ENOUGH, coarse_together, hidden
from caseapp.surveys.facts import Facts
from caseapp.surveys.waiting import Waiting

MEMORY = "survey_facts"


class Memory:
    """By the ticket of a waiting answer, which is 128 random bits."""

    def __init__(self) -> None:
        self.facts: dict[str, Facts] = {}
        self.lock = Lock()

    def of(self, entry: Waiting) -> Facts:
        """All that is known of who gave this answer."""
        return self.facts.get(entry.ticket, entry.facts)


def install_memory(app: Flask) -> None:
    app.extensions[MEMORY] = Memory()


def join(waiting: Sequence[Waiting], new: Waiting) -> list[Waiting]:
    """Those that wait with one more, and what may be said of each: facts are found out as soon as
    enough share them. `new` comes with all its facts, and leaves them here."""
    memory = _memory()
    with memory.lock:
        bare = hidden(new.facts)
        alone = [memory.of(each) for each in waiting].count(bare) < ENOUGH
        # Of the first few nothing is ever known: whoever comes later with a rare fact has somebody
        # to stand with, and no class that was found must be given up for them.
        memory.facts[new.ticket] = bare if alone else new.facts
        return _told([*waiting, new])


def keep_among_few(waiting: Sequence[Waiting]) -> list[Waiting]:
    """What may be said of those who are left when the others have gone. ENOUGH of them, in an
    order that chance gave, take the place of the first few."""
    memory = _memory()
    with memory.lock:
        for each in waiting[:ENOUGH]:
            memory.facts[each.ticket] = hidden(each.facts)
        return _told(waiting)


def forget_all_but(waiting: Sequence[Waiting]) -> None:
    """What has left the box is remembered no longer."""
    memory = _memory()
    with memory.lock:
        left = {each.ticket for each in waiting}
        memory.facts = {ticket: each for ticket, each in memory.facts.items() if ticket in left}


def _told(waiting: Sequence[Waiting]) -> list[Waiting]:
    told = coarse_together([_memory().of(each) for each in waiting])
    return [replace(each, facts=facts) for each, facts in zip(waiting, told, strict=True)]


def _memory() -> Memory:
    memory: Memory = current_app.extensions[MEMORY]
    return memory
