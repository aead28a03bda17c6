"""No template without a use, and none that anybody refers to in vain."""

import ast
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from jinja2 import meta

from caseapp.documents.plan_paper import FORMATS
from caseapp.web.errors import PAGES
from config import PROJECT

TEMPLATES = PROJECT / "templates"
MOST_LINES = 150


def every_template() -> set[str]:
    return {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file()}


def named_in_code() -> set[str]:
    """Every string in the code that looks like the name of a template."""
    found = set()
    for path in (PROJECT / "caseapp").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return {name for name in found if name.endswith(".html") and "/" in name[1:]}


def named_by(app: Flask, template: str) -> Iterator[str]:
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    for name in meta.find_referenced_templates(app.jinja_env.parse(source)):
        assert name, f"{template} chooses a template by an expression: name it"
        yield name


def drawn_by_views(app: Flask) -> set[str]:
    """The templates that endpoints and error pages are named after."""
    return {f"{name.replace('.', '/')}.html" for name in app.view_functions} | {
        f"errors/{code}.html" for code in PAGES
    }


def drawn_as_papers() -> set[str]:
    """The templates that the formats of a plan are named after."""
    return {f"documents/plans/{form}.html" for form in FORMATS}


def test_every_format_of_a_plan_has_its_template() -> None:
    assert drawn_as_papers() - every_template() == set()


def test_every_template_is_used(app: Flask) -> None:
    reached = (drawn_by_views(app) | drawn_as_papers() | named_in_code()) & every_template()
    waiting = list(reached)
    while waiting:
        new = set(named_by(app, waiting.pop())) - reached
        reached |= new
        waiting += new
    assert every_template() - reached == set()


def test_no_template_refers_to_one_that_is_not_there(app: Flask) -> None:
    named = {name for template in every_template() for name in named_by(app, template)}
    assert named - every_template() == set()


def test_no_code_refers_to_a_template_that_is_not_there() -> None:
    assert {name for name in named_in_code() if not name.startswith("/")} - every_template() == (
        set()
    )


def test_every_error_page_has_its_number_and_every_number_its_page() -> None:
    assert {int(path.stem) for path in (TEMPLATES / "errors").iterdir()} == PAGES


def test_templates_stand_in_the_folder_of_their_room() -> None:
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    rooms = {path.parent.name for path in (PROJECT / "caseapp").glob("*/__init__.py")}
    assert folders - rooms == {"layouts", "components", "errors"}


def test_a_template_is_small_enough_to_be_read_at_once() -> None:
    lengths = {name: len(_lines(TEMPLATES / name)) for name in every_template()}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
