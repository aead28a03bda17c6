"""Aim: from the monthly figures alone, work out how many people are behind a small number."""

import json
import subprocess
import sys
from pathlib import Path

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.lattice import link
from caseapp.disclosure.release import protect
from caseapp.disclosure.suppression import suppressed
from caseapp.disclosure.tables import Cell, Table
from tests.unit.disclosure.borough import make_units, six_tables

KEY = b"a key that the attacker lacks..."
ROOT = Path(__file__).parents[2]


def test_nobody_in_a_borough_of_600_cases_can_be_worked_out(tmp_path: Path) -> None:
    tables = six_tables(make_units(600, seed=5))
    edition = protect(tables, KEY, "2025-04", "2025-04")
    _publish(edition, tmp_path / "2025-04")
    small, exact, narrow = _attack([tmp_path / "2025-04"], tables)
    assert small > 50
    assert (exact, narrow) == (0, 0)


def test_the_same_attacker_takes_the_usual_suppression_apart(tmp_path: Path) -> None:
    tables = six_tables(make_units(150, seed=5))
    (tmp_path / "2025-04" / "tables").mkdir(parents=True)
    for file in suppressed(tables, under=5):
        path = tmp_path / "2025-04" / "tables" / f"{file.name}.csv"
        path.write_text(file.csv, encoding="utf-8")
        path.with_name(path.name + "-metadata.json").write_text(json.dumps(file.metadata))
    _, exact, narrow = _attack([tmp_path / "2025-04"], tables)
    assert exact > 0
    assert narrow > exact


def _publish(edition: Edition, folder: Path) -> None:
    (folder / "tables").mkdir(parents=True)
    for file in edition.files():
        path = folder / "tables" / f"{file.name}.csv"
        path.write_text(file.csv, encoding="utf-8")
        path.with_name(path.name + "-metadata.json").write_text(json.dumps(file.metadata))


def _attack(folders: list[Path], tables: list[Table]) -> tuple[int, int, int]:
    """Small counts, and how many of them the attacker's own program makes exact or narrow."""
    command = [sys.executable, "-m", "caseapp.disclosure.attacker", *map(str, folders)]
    done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    truth, spans = link(tables).truth, []
    for entry in json.loads(done.stdout)["cells"]:
        true = truth[Cell(entry["measure"], tuple(sorted(entry["cell"].items())))]
        assert entry["lower"] <= true <= entry["upper"]
        if 1 <= true <= 4:
            low, high = entry.get("shown", [entry["lower"], entry["upper"]])
            spans.append(high - low)
    return len(spans), sum(span == 0 for span in spans), sum(span < 3 for span in spans)
