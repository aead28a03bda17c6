"""Finding the imports of a team."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.database import db
from caseapp.imports.models import CaseImport, ImportProgress
from caseapp.vault.owner_keys import warm


def find_import(import_id: UUID, actor: Actor) -> CaseImport | None:
    """None for an import of another team too."""
    imported = db.session.get(CaseImport, import_id)
    return imported if imported and imported.team_id == actor.team_id else None


def is_taken(import_id: UUID) -> bool:
    """Whether there is an import of this id, of whatever team."""
    return db.session.get(CaseImport, import_id) is not None


def progress_of(imported: CaseImport) -> ImportProgress:
    return db.session.get_one(ImportProgress, imported.id)


def imports_of_team(actor: Actor) -> Sequence[tuple[CaseImport, ImportProgress]]:
    """The newest first."""
    query = (
        select(CaseImport, ImportProgress)
        .join(ImportProgress, ImportProgress.id == CaseImport.id)
        .where(CaseImport.team_id == actor.team_id)
    )
    found = [(imported, progress) for imported, progress in db.session.execute(query)]
    ids = {imported.id for imported, _ in found}
    warm(db.session.connection(), db.session.info["vault"], ids)
    return sorted(found, key=lambda pair: pair[0].head.brought_at, reverse=True)
