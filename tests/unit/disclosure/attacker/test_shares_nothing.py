"""The attacker is a program of its own: a fault in the protector must not be a fault in it too."""

import ast
from collections.abc import Iterator
from pathlib import Path

import caseapp.disclosure

ROOM = Path(caseapp.disclosure.__file__).parent
ATTACKER = "caseapp.disclosure.attacker"


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_the_attacker_imports_nothing_of_ours_and_not_the_protectors_solver() -> None:
    names = {name for path in (ROOM / "attacker").glob("*.py") for name in imports_of(path)}
    ours = {name for name in names if name.startswith("caseapp")}
    assert ours
    assert all(name.startswith(ATTACKER) for name in ours)
    assert not any(name.startswith("ortools") for name in names)


def test_the_protector_does_not_import_the_attacker_or_its_solver() -> None:
    names = {name for path in ROOM.glob("*.py") for name in imports_of(path)}
    assert any(name.startswith("ortools") for name in names)
    assert not any(name.startswith((ATTACKER, "scipy")) for name in names)
