"""docs/architecture.md draws the house as it stands: every room of it and no other."""

import re
import tomllib
from itertools import pairwise

from config import PROJECT

MAP = PROJECT / "docs" / "architecture.md"
PLACE = re.compile(r"`([a-z_]+)(/|\.py)`")
WORD = re.compile(r"[a-z_]+")


def drawn() -> set[str]:
    """What the part of the map before the order of imports names."""
    part = MAP.read_text(encoding="utf-8").split("Imports run one way")[0]
    return {"".join(found) for found in PLACE.findall(part)} - {"caseapp/"}


def standing() -> set[str]:
    house = PROJECT / "caseapp"
    rooms = {f"{path.parent.name}/" for path in house.glob("*/__init__.py")}
    modules = {path.name for path in house.glob("*.py")} - {"__init__.py", "__main__.py"}
    return rooms | modules


def test_every_room_is_on_the_map() -> None:
    assert standing() - drawn() == set()


def test_no_room_is_on_the_map_that_does_not_stand() -> None:
    assert drawn() - standing() == set()


def test_the_order_of_imports_on_the_map_is_the_one_that_is_held() -> None:
    """The contract in pyproject.toml, which may hold apart what the map draws as one step."""
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    held = contracts["tool"]["importlinter"]["contracts"][0]["layers"]
    below = {name: depth for depth, layer in enumerate(held) for name in WORD.findall(layer)}
    order = MAP.read_text(encoding="utf-8").split("Imports run one way")[1].split("\n\n")[1]
    steps = [WORD.findall(step) for step in order.split("→")]
    assert {name for step in steps for name in step} == below.keys()
    assert [
        (upper, lower)
        for above, under in pairwise(steps)
        for upper in above
        for lower in under
        if not below[upper] < below[lower]
    ] == []
