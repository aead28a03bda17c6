"""python -m benchmarks [NAME…] [--json] [--people N]: ratios measured in one run."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import names, pages, paper
from benchmarks.borough import Borough, build_borough
from benchmarks.hands import print_hand_speed
from benchmarks.measuring import Result
from benchmarks.methods import print_methods
from benchmarks.packs import print_packs
from benchmarks.plain_pages import add_plain_pages
from benchmarks.release import print_release
from benchmarks.survey import print_survey

JOBS: dict[str, Callable[[Borough], Iterator[Result]]] = {
    "list": pages.case_list,
    "case": pages.case_page,
    "note": pages.new_note,
    "search-page": pages.name_search,
    "search": names.name_index,
    "paper": paper.plan_paper,
}
ALONE: dict[str, Callable[[], int]] = {
    "hands": print_hand_speed,
    "packs": print_packs,
    "methods": print_methods,
    "release": print_release,
    "survey": print_survey,
}


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument(
        "names", nargs="*", metavar="NAME", help=f"{', '.join(JOBS)}; or {', '.join(ALONE)}, alone"
    )
    words.add_argument("--json", action="store_true", help="a list of results as JSON")
    words.add_argument("--people", type=int, default=100_000, help="people in the borough")
    asked = words.parse_args()
    if len(asked.names) == 1 and asked.names[0] in ALONE:
        return ALONE[asked.names[0]]()
    unknown = set(asked.names) - set(JOBS)
    if unknown:
        words.error(f"there is no benchmark named {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="caseapp-benchmark-") as folder:
        borough = build_borough(Path(folder), asked.people)
        add_plain_pages(borough)
        results = [
            result for name in asked.names or JOBS for result in _run(JOBS[name], borough, asked)
        ]
    if asked.json:
        print(json.dumps([result.as_json() for result in results]))
    return 0 if all(result.is_met for result in results) else 1


def _run(
    job: Callable[[Borough], Iterator[Result]], borough: Borough, asked: argparse.Namespace
) -> Iterator[Result]:
    for result in job(borough):
        if not asked.json:
            print(result.in_words())
        yield result


if __name__ == "__main__":
    sys.exit(main())
