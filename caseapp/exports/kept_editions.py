"""An edition as the ledger keeps it, and back again."""

from collections.abc import Mapping

from caseapp.disclosure.edition import Edition
from caseapp.disclosure.ledger import Entry
from caseapp.disclosure.rules import METHODS
from caseapp.disclosure.tables import Table
from caseapp.exports.models import KeptTable, Release, ReleaseBody


def to_keep(edition: Edition, files: Mapping[str, bytes]) -> ReleaseBody:
    return ReleaseBody(
        tables=tuple(_keep_table(table) for table in edition.tables),
        values=tuple(edition.values.items()),
        widened=tuple(sorted(edition.widened)),
        files=dict(files),
        hidden=tuple(edition.hidden.items()),
        worlds=edition.worlds,
    )


def edition_of(release: Release) -> Edition:
    """The edition behind a release, without its certificate."""
    body = release.body
    return Edition(
        release.period,
        release.since,
        tuple(_table(kept) for kept in body.tables),
        dict(body.values),
        frozenset(body.widened),
        method=METHODS[release.head.method],
        hidden=dict(body.hidden),
        worlds=body.worlds,
    )


def entry_of(release: Release) -> Entry:
    """The release as an entry of the ledger."""
    return Entry(
        position=release.position,
        period=release.period,
        since=release.since,
        inputs=release.inputs,
        catalogue=release.catalogue,
        released=release.released,
        solver=release.solver,
        previous=release.previous,
    )


def _keep_table(table: Table) -> KeptTable:
    return KeptTable(
        name=table.name,
        dimensions=table.dimensions,
        counts=tuple(sorted(table.counts.items())),
        population=table.population,
        impossible=tuple(sorted(table.impossible)),
        within=table.within,
    )


def _table(kept: KeptTable) -> Table:
    return Table(
        kept.name,
        kept.dimensions,
        dict(kept.counts),
        kept.population,
        frozenset(kept.impossible),
        kept.within,
    )
