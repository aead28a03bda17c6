"""`python -m caseapp.disclosure.attacker DIR… [--knows FILE]`: prints the report as JSON.

`-` instead of folders reads the same texts as one JSON document from standard input, so that a
release can be attacked before a byte of it lies on a disk.
"""

from __future__ import annotations

import argparse
import json
import sys
from base64 import b64decode
from math import inf
from pathlib import Path

from caseapp.disclosure.attacker.known import known_units, read_known
from caseapp.disclosure.attacker.reading import Unreadable, read_edition, read_folders
from caseapp.disclosure.attacker.report import attack
from caseapp.disclosure.attacker.targets import CANDIDATES
from caseapp.disclosure.attacker.worlds import Contradictory


def main(arguments: list[str] | None = None) -> int:
    """0: done, the report is on standard output. 2: what was given cannot be read."""
    parser = argparse.ArgumentParser(prog="attacker", description=__doc__)
    parser.add_argument("folders", nargs="+", metavar="DIR")
    parser.add_argument("--knows", type=Path, metavar="FILE")
    parser.add_argument("--seconds", type=float, default=inf, help="Then it stops looking.")
    given = parser.parse_args(arguments)
    try:
        asked = json.load(sys.stdin) if given.folders == ["-"] else {}
        if asked:
            editions = [read_edition(each) for each in asked["editions"]]
        else:
            editions = read_folders([Path(folder) for folder in given.folders])
        known = read_known(given.knows) if given.knows else known_units(asked.get("known", ()))
        report = attack(
            editions,
            known,
            lambda line: print(line, file=sys.stderr, flush=True),
            b64decode(asked.get("kept", "")),
            asked.get("seconds") or given.seconds,
            asked.get("candidates") or CANDIDATES,
            b64decode(asked.get("told", "")),
        )
    except (Unreadable, Contradictory) as problem:
        print(problem, file=sys.stderr)
        return 2
    json.dump(report, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
