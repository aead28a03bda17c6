"""What a server does before the first request: its indexes are filled beside it."""

import logging

import pytest
from flask import Flask

from caseapp.caseloads.queries import open_cases_of
from caseapp.database import db
from caseapp.serving import warm_up
from tests.cast import Cast
from tests.statements import counted_statements


def test_the_first_reader_of_a_list_need_not_wait_for_the_index(app: Flask, cast: Cast) -> None:
    warm_up(app).join()
    with app.app_context(), counted_statements() as statements:
        assert set(open_cases_of(cast.manager).by_id) == {cast.case_id}
        db.session.rollback()
    assert len(statements) == 1  # asks what is new, and reads no case


def test_a_failure_to_warm_up_is_told_without_a_word_of_a_case(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("Zalika Quillfeather")

    monkeypatch.setattr("caseapp.serving.make_indexes_ready", fail)
    with caplog.at_level(logging.WARNING):
        warm_up(app).join()
    assert "RuntimeError" in caplog.text
    assert "Zalika" not in caplog.text
