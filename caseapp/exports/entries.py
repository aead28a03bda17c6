"""Entering a release into the ledger, and reading the ledger that it is chained to."""

from collections.abc import Mapping, Sequence

from flask import current_app
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.catalogues.actions import settle_year
from caseapp.clock import now
from caseapp.database import db, read_snapshot, transaction
from caseapp.disclosure import ledger as chain
from caseapp.disclosure.edition import Edition
from caseapp.exports.kept_editions import edition_of, entry_of, to_keep
from caseapp.exports.ledger_reading import read_ledger
from caseapp.exports.models import Release, ReleaseHead
from caseapp.exports.queries import ledger, releases_of_year
from caseapp.indicators.catalogue import Catalogue, standard_catalogue
from caseapp.indicators.periods import Period, year_of
from caseapp.vault.errors import CannotOpen


class ReleaseProblem(Exception):
    """There is no release; one plain line."""


def note(kind: Kind, actor: Actor | None, period: str, **detail: str | int) -> None:
    """Write into the audit of the house what was done about a month."""
    reason = decide(actor, Permission.MAKE_RELEASE) if actor else None
    record(kind, actor=actor, reason=reason, detail={"month": period, **detail})


def ledger_so_far(period: Period) -> tuple[str, list[Edition]]:
    """The head of a ledger that holds together, and the editions of the same year.

    Read in one go and let go of: nobody waits for us while we solve.
    """
    db.session.rollback()
    try:
        with read_snapshot() as session:
            releases = whole_ledger(session)
            if releases and max(release.head.made_at for release in releases) > now():
                raise ReleaseProblem("The clock of this machine is behind the last release")
            others = [edition_of(each) for each in releases_of_year(session, period.months[0])]
            head = chain.head([entry_of(release) for release in releases])
    except CannotOpen:
        raise ReleaseProblem("The ledger of releases is damaged: nothing is released") from None
    return head, others


def whole_ledger(session: Session) -> Sequence[Release]:
    """Every release in order. Raises ReleaseProblem where the ledger does not hold together."""
    found = read_ledger(session)
    if found.damaged_at:
        raise ReleaseProblem(
            f"The ledger of releases is damaged at entry {found.damaged_at}: nothing is released"
        )
    return found.releases


def enter(
    edition: Edition,
    files: Mapping[str, bytes],
    head: str,
    actor: Actor | None,
    catalogue: Catalogue | None = None,
) -> Release:
    """The new entry of the ledger, audited, unless somebody else was quicker. From now on the year
    keeps its method and its `catalogue`, the standard one unless another was chosen."""
    try:
        with transaction():
            entries = [entry_of(release) for release in ledger(db.session())]
            if chain.head(entries) != head:
                raise ReleaseProblem("Another release was made meanwhile: start again")
            release = _release(edition, files, entries, actor)
            db.session.add(release)
            settle_year(
                year_of(edition.since), catalogue or standard_catalogue(), edition.method.name
            )
            note(Kind.RELEASE_MADE, actor, edition.period, position=release.position)
    except IntegrityError:
        raise ReleaseProblem("Another release was made meanwhile: start again") from None
    return release


def _release(
    edition: Edition, files: Mapping[str, bytes], entries: list[chain.Entry], actor: Actor | None
) -> Release:
    key = current_app.extensions["vault"].derive("disclosure")
    hashes = {
        "inputs": chain.inputs_hash(edition.tables, key),
        "catalogue": chain.catalogue_hash(edition.tables),
        "released": chain.released_hash(files),
    }
    solver = str(edition.certificate["versions"]["protector"])
    entry = chain.append(entries, edition.period, edition.since, hashes, solver)
    return Release(
        position=entry.position,
        period=entry.period,
        since=entry.since,
        **hashes,
        solver=solver,
        previous=entry.previous,
        made_by=actor.user_id if actor else None,
        head=ReleaseHead(made_at=now(), method=edition.method.name),
        body=to_keep(edition, files),
    )
