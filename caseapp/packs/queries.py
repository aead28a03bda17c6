"""Finding the packs of a team."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.database import db
from caseapp.packs.models import Pack, PackProgress

MOST_LISTED = 50


def find_pack(pack_id: UUID, actor: Actor) -> Pack | None:
    """A pack opens for the manager who made it alone, and only while they lead that team: whoever
    else leads it makes one of their own."""
    pack = db.session.get(Pack, pack_id)
    is_own = pack and (pack.author_id, pack.team_id) == (actor.user_id, actor.team_id)
    return pack if is_own else None


def is_taken(pack_id: UUID) -> bool:
    """Whether there is a pack of this id, whoever made it."""
    return db.session.get(Pack, pack_id) is not None


def progress_of(pack: Pack) -> PackProgress:
    """As it is stored now: another thread writes it."""
    return db.session.get_one(PackProgress, pack.id, populate_existing=True)


def packs_of_team(actor: Actor) -> Sequence[tuple[UUID, PackProgress]]:
    """(who made it, how far it is), the newest first. Nothing sealed is opened."""
    query = (
        select(Pack.author_id, PackProgress)
        .join(PackProgress, PackProgress.id == Pack.id)
        .where(Pack.team_id == actor.team_id)
        .order_by(PackProgress.updated_at.desc(), Pack.id)
        .limit(MOST_LISTED)
    )
    return [(author_id, progress) for author_id, progress in db.session.execute(query)]
