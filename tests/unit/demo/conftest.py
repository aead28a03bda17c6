"""A demo home that is filled once for every test that reads it, and what was told of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from caseapp.app import create_app
from caseapp.database import PlainBase, db
from caseapp.demo.fill import fill_home
from caseapp.home import make_home, mark_as_demo
from config import Settings
from tests.homes import new_settings, running_app

CASES = 130  # more than one batch
Told = list[dict[str, Any]]


def quiet(_step: str, _done: int, _total: int) -> None:
    pass


def new_demo(settings: Settings) -> Flask:
    mark_as_demo(settings)
    vault, _ = make_home(settings)
    app = create_app(settings, vault)
    with app.app_context():
        PlainBase.metadata.create_all(db.engine)
    return app


def stored(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture(scope="session")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("truth") / "truth.jsonl"


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, truth: Path) -> Iterator[Flask]:
    with running_app(new_demo(new_settings(tmp_path_factory.mktemp("demo")))) as app:
        with app.app_context():
            fill_home(cases=CASES, seed=7, months=12, truth=truth, progress=quiet)
        yield app


@pytest.fixture
def lines(filled: Flask, truth: Path) -> Iterator[Told]:
    """Everything in the truth file, in the context of the app that holds it."""
    with filled.app_context():
        yield [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def told(lines: Told) -> Told:
    """The cases alone."""
    return [line for line in lines if line["kind"] == "case"]
