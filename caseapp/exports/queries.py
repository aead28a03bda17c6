"""Reading the ledger and the jobs."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from caseapp.database import db
from caseapp.exports.models import Release, ReleaseJob


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


def find_job(job_id: UUID) -> ReleaseJob | None:
    return db.session.get(ReleaseJob, job_id)


def newest_job() -> ReleaseJob | None:
    query = select(ReleaseJob).order_by(ReleaseJob.started_at.desc()).limit(1)
    return db.session.scalar(query)
