"""The rules of the house for its modules: short, named after one noun, opened by a sentence."""

import ast
from pathlib import Path

from config import PROJECT

CODE = [PROJECT / "config.py", *sorted((PROJECT / "caseapp").rglob("*.py"))]
TESTS = sorted((PROJECT / "tests").rglob("*.py"))
BENCHMARKS = sorted((PROJECT / "benchmarks").rglob("*.py"))
MOST_LINES = 350
MOST_LINES_OF_A_FUNCTION = 40
NO_NOUNS = {
    "base", "common", "core", "helper", "helpers", "manager", "managers", "misc", "service",
    "services", "types", "util", "utils",
}  # fmt: skip


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def functions_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def test_no_module_is_too_long_to_be_held_in_mind() -> None:
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in [*CODE, *TESTS, *BENCHMARKS]
    }
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_function_is_too_long_to_be_held_in_mind() -> None:
    lengths = {f"{name_of(p)}:{f.name}": _length(f) for p in CODE for f in functions_of(p)}
    too_long = {name: n for name, n in lengths.items() if n > MOST_LINES_OF_A_FUNCTION}
    assert too_long == {}


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from the first statement to the last, without the docstring."""
    first = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - first[0].lineno + 1 if first else 0


def test_no_module_or_folder_is_a_bucket_without_a_noun() -> None:
    buckets = [
        name_of(path)
        for path in [*CODE, *TESTS, *BENCHMARKS]
        if NO_NOUNS & {path.stem, *path.relative_to(PROJECT).parent.parts}
    ]
    assert buckets == []


def test_every_module_opens_with_a_sentence() -> None:
    silent = [name_of(path) for path in [*CODE, *BENCHMARKS] if not _opens_with_a_sentence(path)]
    assert silent == []


def _opens_with_a_sentence(path: Path) -> bool:
    text = path.read_text(encoding="utf-8")
    opening = ast.get_docstring(ast.parse(text)) or ""
    return not text.strip() or opening.split("\n\n")[0].rstrip().endswith((".", ":"))


def test_unit_tests_stand_where_the_code_stands() -> None:
    rooms = {path.parent.name for path in (PROJECT / "caseapp").glob("*/__init__.py")}
    single = {path.stem for path in (PROJECT / "caseapp").glob("*.py")} | {"config"} | rooms
    folders = {
        path.name
        for path in (PROJECT / "tests" / "unit").iterdir()
        if path.is_dir() and list(path.glob("*.py"))
    }
    assert folders - rooms == set()
    loose = {path.stem for path in (PROJECT / "tests" / "unit").glob("test_*.py")}
    assert loose <= {f"test_{name}" for name in single}


def test_every_room_has_tests_of_its_own() -> None:
    rooms = {path.parent.name for path in (PROJECT / "caseapp").glob("*/__init__.py")}
    unit = PROJECT / "tests" / "unit"
    tested = {path.parent.name for path in unit.glob("*/test_*.py")}
    tested |= {path.stem.removeprefix("test_") for path in unit.glob("test_*.py")}
    assert rooms - tested == set()


def test_no_model_postpones_its_annotations() -> None:
    """SQLAlchemy and msgspec read annotations at run time; postponed ones are only text."""
    postponed = []
    for path in [*CODE, *TESTS, *BENCHMARKS]:
        names = _imported(path)
        if "annotations" in names and names & {"mapped_column", "Struct", "msgspec"}:
            postponed.append(name_of(path))
    assert postponed == []


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.Import, ast.ImportFrom)
    return {a.name for node in ast.walk(tree) if isinstance(node, kinds) for a in node.names}
