"""Plans to print, and the answers that print one."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from msgspec.structs import replace
from sqlalchemy import select
from werkzeug.test import TestResponse

from caseapp.audit.models import AuditEntry
from caseapp.cases.models import Case
from caseapp.database import db, transaction
from caseapp.plans.actions import write_version
from caseapp.plans.models import Plan, VersionBody
from tests.cast import Cast
from tests.unit.plans.conftest import WritePlan, in_app, own_printer, version_head, write_plan
from tests.visits import send

__all__ = ["in_app", "own_printer", "write_plan"]

SAFE = {"plan_format": "standard", "language": "en", "copy_is_safe": "yes"}
UNSAFE = {**SAFE, "copy_is_safe": "no"}


def entries(kind: str) -> list[AuditEntry]:
    """Of the audit, in order; needs an app context."""
    found = db.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind))
    return sorted(found, key=lambda entry: entry.number)


@pytest.fixture
def plan_url(app: Flask, cast: Cast, write_plan: WritePlan) -> str:
    with app.app_context():
        version = write_plan(home="I go to my aunt.", online="مرحبا")
        return f"/cases/{cast.case_id}/plans/{version.plan_id}"


@pytest.fixture
def printed(app: Flask) -> Callable[[], list[dict[str, object]]]:
    """What the audit says of each plan that left."""

    def details() -> list[dict[str, object]]:
        with app.app_context():
            return [json.loads(entry.detail) for entry in entries("plan_printed")]

    return details


def print_it(client: FlaskClient, plan_url: str, **answers: str) -> TestResponse:
    return send(client, f"{plan_url}/print", **{**SAFE, **answers})


def rewrite(app: Flask, cast: Cast, plan_url: str, body: VersionBody, **head: Any) -> None:
    with app.app_context(), transaction():
        plan = db.session.query(Plan).one()
        case = db.session.get_one(Case, cast.case_id)
        write_version(uuid4(), case, plan, replace(version_head(), **head), body, cast.manager)
