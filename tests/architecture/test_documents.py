"""What the documents say of the house is true of the house."""

import re
from pathlib import Path

import pytest

from config import PROJECT

DOCUMENTS = sorted(
    path for path in (*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")) if path.is_file()
)
NOT_OURS = re.compile(r"^(static/vendor|\.venv|instance)")
ROOMS = {
    path.name
    for path in (PROJECT / "caseapp").iterdir()
    if path.is_dir() and (path / "__init__.py").exists()
}


def words_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(document: Path) -> None:
    text = words_of(document)
    named = set(re.findall(r"`((?:tests|caseapp|docs|benchmarks|migrations)/[\w./-]*)`", text))
    linked = {to for to in re.findall(r"\]\(([^)#:]+)\)", text) if not NOT_OURS.match(to)}
    missing = [name for name in named if not (PROJECT / name).exists()]
    missing += [name for name in linked if not (document.parent / name).exists()]
    assert sorted(missing) == []


def test_the_picture_of_the_house_names_every_room_and_no_other() -> None:
    text = words_of(PROJECT / "docs" / "architecture.md")
    in_tables = set(re.findall(r"^\| `(\w+)/`", text, re.MULTILINE))
    assert in_tables | {"cli", "setup"} == ROOMS
    for apart in ("cli", "setup"):
        assert f"`{apart}/`" in text


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_no_test_that_does_not_exist_as_a_folder_or_file(document: Path) -> None:
    for name in re.findall(r"`(tests/[\w/]+/)`", words_of(document)):
        assert any((PROJECT / name).glob("**/test_*.py")), f"{name} holds no test"
