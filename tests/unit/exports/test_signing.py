"""A second person signs the very edition that they read, or says why it must not leave."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, text

from caseapp.access.actors import Actor
from caseapp.audit.models import AuditEntry
from caseapp.database import db, transaction
from caseapp.exports.kept_editions import entry_of
from caseapp.exports.models import Release, ReleaseDecision
from caseapp.exports.queries import find_release
from caseapp.exports.signing import NotDecided, published, standing, take_decision
from caseapp.vault.errors import CannotOpen
from tests.cast import Cast


@pytest.fixture
def may(entered_app: Flask) -> Iterator[Release]:
    """The release of May, in the context of its app."""
    with entered_app.app_context():
        release = find_release("2026-05")
        assert release is not None
        yield release


def sign(release: Release, by: Actor, refusal: str = "", head: str = "") -> ReleaseDecision:
    with transaction():
        return take_decision(uuid4(), release, head or entry_of(release).head, refusal, by)


def test_a_manager_signs_the_head_of_the_ledger_entry_and_it_is_audited(
    may: Release, cast: Cast
) -> None:
    sign(may, cast.manager)
    signature = standing(db.session(), may).signature
    assert signature is not None
    assert (signature.decided_by, signature.ledger_head) == (
        cast.manager.user_id,
        entry_of(may).head,
    )
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert last is not None
    assert last.kind == "release_signed"
    assert entry_of(may).head in last.detail


def test_whoever_made_a_release_cannot_sign_it(may: Release, cast: Cast) -> None:
    with pytest.raises(NotDecided, match="second person"):
        sign(may, cast.analyst)
    assert standing(db.session(), may).signature is None


def test_what_was_not_read_is_not_signed(may: Release, cast: Cast) -> None:
    june = find_release("2026-06")
    assert june is not None
    with pytest.raises(NotDecided, match="not the edition that you read"):
        sign(may, cast.manager, head=entry_of(june).head)


def test_a_refusal_keeps_its_reason_and_may_be_followed_by_a_signature(
    may: Release, cast: Cast
) -> None:
    sign(may, cast.manager, refusal="A ward is missing")
    refusal = standing(db.session(), may).refusal
    assert refusal is not None
    assert refusal.body.reason == "A ward is missing"
    sign(may, cast.other_manager)
    assert standing(db.session(), may).signature is not None


def test_a_signature_is_final(may: Release, cast: Cast) -> None:
    sign(may, cast.manager)
    with pytest.raises(NotDecided, match="signed already"):
        sign(may, cast.other_manager, refusal="Too late")


@pytest.mark.parametrize(
    "change",
    [
        "agreed = 1",
        "decided_by = (SELECT id FROM users WHERE id != decided_by LIMIT 1)",
        "release_id = (SELECT id FROM releases WHERE period = '2026-06'), agreed = 1",
        "ledger_head = '" + "0" * 64 + "'",
    ],
)
def test_a_decision_that_was_changed_by_sql_is_found(may: Release, cast: Cast, change: str) -> None:
    sign(may, cast.manager, refusal="Not yet")
    db.session.execute(text(f"UPDATE release_decisions SET {change}"))  # noqa: S608
    db.session.commit()
    db.session.expunge_all()
    releases = db.session.scalars(select(Release)).all()
    with pytest.raises(CannotOpen):
        [standing(db.session(), each) for each in releases]


def test_a_signature_for_other_bytes_does_not_count(may: Release, cast: Cast) -> None:
    """Somebody with the keys puts another edition in the place of the signed one."""
    sign(may, cast.manager)
    may.released = "f" * 64
    assert standing(db.session(), may).signature is None


def test_an_edition_is_published_by_a_signature_or_by_the_command_line(
    may: Release, cast: Cast
) -> None:
    assert published(db.session()) == []
    sign(may, cast.manager)
    assert [each.period for each in published(db.session())] == ["2026-05"]


def test_what_the_command_line_made_is_published_unless_somebody_refused_it(
    released_app: Flask, cast: Cast
) -> None:
    with released_app.app_context():
        (release,) = published(db.session())
        sign(release, cast.manager, refusal="It is the wrong month")
        assert published(db.session()) == []
