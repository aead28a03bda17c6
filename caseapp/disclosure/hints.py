"""What the attacker is told in our own trials so that it does not look in vain: the true counts.

They can only show figures to be wide, never to be narrow: a world counts after the attacker has
checked it against everything that was published, and what is narrow is proved by programmes.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from struct import pack

from caseapp.disclosure.tables import Cell


def true_world(truths: Mapping[str, Mapping[Cell, int]]) -> bytes:
    """The true counts of each edition, in the form of a kept world."""
    counts = [(period, cell, n) for period in truths for cell, n in truths[period].items()]
    names = [[period, cell.population, cell.fixed] for period, cell, _ in counts]
    head = json.dumps({"names": names, "others": []}, separators=(",", ":")).encode()
    tail = pack(f"<{len(counts)}i", *(n for _, _, n in counts))
    return zlib.compress(len(head).to_bytes(8, "big") + head + tail)
