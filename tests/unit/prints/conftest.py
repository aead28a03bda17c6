"""Plans to print, and the answers that print one."""

import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from caseapp.audit.models import AuditEntry
from caseapp.database import db
from tests.unit.plans.conftest import in_app, own_printer, write_plan

__all__ = ["in_app", "own_printer", "write_plan"]

SAFE = {"plan_format": "standard", "language": "en", "copy_is_safe": "yes"}
UNSAFE = {**SAFE, "copy_is_safe": "no"}


def entries(kind: str) -> list[AuditEntry]:
    """Of the audit, in order; needs an app context."""
    found = db.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind))
    return sorted(found, key=lambda entry: entry.number)


@pytest.fixture
def printed(app: Flask) -> Callable[[], list[dict[str, object]]]:
    """What the audit says of each plan that left."""

    def details() -> list[dict[str, object]]:
        with app.app_context():
            return [json.loads(entry.detail) for entry in entries("plan_printed")]

    return details
