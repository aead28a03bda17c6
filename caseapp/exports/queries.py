"""Reading the ledger, what was decided on its editions, and the jobs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from caseapp.database import db
from caseapp.exports.models import Release, ReleaseDecision, ReleaseJob


def find_release(period: str) -> Release | None:
    return db.session.scalar(select(Release).where(Release.period == period))


def ledger(session: Session) -> Sequence[Release]:
    """All releases in the order in which they were made; the bodies are read when asked for."""
    query = select(Release).options(defer(Release.sealed_body)).order_by(Release.position)
    return session.scalars(query).all()


def releases_of_year(session: Session, since: str) -> Sequence[Release]:
    """The releases that count from the same April, with their bodies."""
    query = select(Release).where(Release.since == since).order_by(Release.period)
    return session.scalars(query).all()


def releases_of(session: Session, months: Collection[str]) -> Sequence[Release]:
    """Those of these months that there are, with their bodies, in the order of the months."""
    query = select(Release).where(Release.period.in_(months)).order_by(Release.period)
    return session.scalars(query).all()


def edition_before(session: Session, release: Release) -> Release | None:
    """The last month of the same year that was released, whenever that was."""
    query = select(Release).where(Release.since == release.since, Release.period < release.period)
    return session.scalar(query.order_by(Release.period.desc()).limit(1))


def decisions_on(
    session: Session, releases: Iterable[Release]
) -> dict[UUID, list[ReleaseDecision]]:
    """By the id of the release, oldest first."""
    ids = [release.id for release in releases]
    query = select(ReleaseDecision).where(ReleaseDecision.release_id.in_(ids))
    found: dict[UUID, list[ReleaseDecision]] = defaultdict(list)
    for decision in sorted(session.scalars(query), key=lambda each: each.head.at):
        found[decision.release_id].append(decision)
    return found


def find_job(job_id: UUID) -> ReleaseJob | None:
    return db.session.get(ReleaseJob, job_id)


def newest_job(period: str = "") -> ReleaseJob | None:
    """Of all, or of a month."""
    query = select(ReleaseJob).order_by(ReleaseJob.started_at.desc()).limit(1)
    return db.session.scalar(query.where(ReleaseJob.period == period) if period else query)
