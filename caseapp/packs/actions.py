"""Choosing, beginning and removing a pack, each with its audit entry."""

from collections.abc import Sequence
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import select

from caseapp.access.actors import Actor
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.background import DONE, RUNNING
from caseapp.clock import now
from caseapp.database import db, transaction
from caseapp.packs.files import forget_file, kept_files
from caseapp.packs.models import (
    CANCELLED,
    REMOVED,
    STOPPED,
    WAITING,
    How,
    Pack,
    PackBody,
    PackHead,
    PackProgress,
)
from caseapp.packs.queries import find_pack, is_taken
from caseapp.packs.states import NOT_REMOVED, PACKS, move, state_of
from caseapp.vault.errors import CannotOpen


def choose(pack_id: UUID, cases: Sequence[UUID], by: Actor) -> Pack:
    """Write down which cases; the caller commits."""
    head, body = PackHead(chosen_at=now()), PackBody(cases=tuple(cases))
    pack = Pack(id=pack_id, team_id=by.team_id, author_id=by.user_id, head=head, body=body)
    db.session.add(pack)
    db.session.flush()
    progress = PackProgress(id=pack_id, of_all=len(cases), updated_at=now().isoformat())
    db.session.add(progress)
    note_pack(Kind.PACK_CHOSEN, pack, by, cases=len(cases))
    return pack


def choose_once(pack_id: UUID, cases: Sequence[UUID], by: Actor) -> bool:
    """The same form sent twice makes one pack, and so does going back to it. False where the id is
    somebody else's."""
    if find_pack(pack_id, by):
        return True
    if is_taken(pack_id):
        return False
    choose(pack_id, cases, by)
    return True


def begin(pack: Pack, how: How, by: Actor) -> bool:
    """The caller commits, and only then runs it. False where it was begun already."""
    if not move(pack.id, [WAITING], RUNNING):
        return False
    pack.head = replace(pack.head, how=how)
    note_pack(
        Kind.PACK_BEGUN,
        pack,
        by,
        cases=len(pack.body.cases),
        format=how.format,
        language=how.language,
        shape=how.shape,
        copy_reason=how.copy_reason,
    )
    return True


def cancel(pack: Pack, by: Actor) -> bool:
    """Whoever makes it sees that after the plan at hand, and keeps nothing. False where it has
    ended by itself."""
    if not move(pack.id, [RUNNING], CANCELLED):
        return False
    note_pack(Kind.PACK_REMOVED, pack, by, why="cancelled")
    return True


def remove(pack: Pack, by: Actor | None, why: str) -> bool:
    """What opens its file goes, and which cases it held. The caller commits, then forgets the
    file. False where it was removed already."""
    if not move(pack.id, NOT_REMOVED, REMOVED):
        return False
    pack.head = replace(pack.head, key=b"", size=0)
    pack.body = PackBody()
    note_pack(Kind.PACK_REMOVED, pack, by, why=why)
    return True


def stop_cut_off() -> None:
    """Say of each pack that runs that it was cut off: for a server that begins, where there is no
    other one."""
    with transaction():
        running = select(PackProgress.id).where(PackProgress.state == RUNNING)
        for pack_id in db.session.scalars(running).all():
            move(pack_id, [RUNNING], STOPPED, problem=PACKS.cut_off)


def sweep_packs() -> int:
    """Remove packs that are a day old, and files that no pack needs, left where a process was
    killed. Returns how many packs and files."""
    old = [row.id for row in _progress_rows() if state_of(row) == REMOVED]
    removed = sum(_remove_old(pack_id) for pack_id in old)
    files = list(kept_files())  # before the rows: one that begins meanwhile is not among them
    db.session.rollback()
    needed = {row.id for row in _progress_rows() if _needs_file(row)}
    left_over = [path for pack_id, path in files if pack_id not in needed]
    for path in left_over:
        path.unlink(missing_ok=True)
    return removed + len(left_over)


def note_pack(kind: Kind, pack: Pack, by: Actor | None, **detail: str | int) -> None:
    record(kind, actor=by, team_id=pack.team_id, subject_id=pack.id, detail=detail)


def _progress_rows() -> list[PackProgress]:
    query = select(PackProgress).where(PackProgress.state != REMOVED)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _needs_file(progress: PackProgress) -> bool:
    return progress.state == DONE or PACKS.is_running(progress)


def _remove_old(pack_id: UUID) -> bool:
    """A damaged row, which the check of the house names, keeps no other from being swept."""
    try:
        with transaction():
            is_removed = remove(db.session.get_one(Pack, pack_id), None, "old")
    except CannotOpen:
        return False
    forget_file(pack_id)
    return is_removed
