"""Makes a pack in the background, case by case: read, printed, noted, sealed, and dropped before
the next one, so that memory stays flat."""

from collections.abc import Iterable, Iterator
from threading import Thread
from uuid import UUID

from flask import Flask
from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.access.permissions import Permission
from caseapp.access.policy import decide
from caseapp.accounts.queries import load_signed_in
from caseapp.audit.kinds import Kind
from caseapp.background import DONE, RUNNING
from caseapp.database import db, transaction
from caseapp.packs.actions import note_pack
from caseapp.packs.files import forget_file, pack_sink, write_pdf, write_zip
from caseapp.packs.models import STOPPED, LeftOut, Pack, PackBody, Part
from caseapp.packs.states import PACKS, move
from caseapp.packs.taking import Leaving, make_plan, read_plans, why_not_any_more
from caseapp.prints.actions import take_out
from caseapp.vault.streams import new_stream_key

NOT_YOURS = "It stopped, because your account no longer leads this team. Nothing of it was kept."


class Cancelled(Exception):
    """Somebody ended it: what was made goes."""


class NotAllowed(Exception):
    """Its manager may no longer make packs for this team."""


class NothingInIt(Exception):
    """Not one plan could be taken."""


def run_in_background(app: Flask, pack_id: UUID, password: str) -> Thread:
    """Begin; the thread ends with the process, and then nothing of the pack can be opened. The
    password is in the memory of that thread alone."""
    return PACKS.start(app, pack_id, lambda: make(pack_id, password), "pack")


def make(pack_id: UUID, password: str) -> None:
    """Make it now, in an app context."""
    try:
        _make(pack_id, password)
    except Cancelled:
        return
    except NotAllowed:
        with transaction():
            move(pack_id, [RUNNING], STOPPED, problem=NOT_YOURS)


def _make(pack_id: UUID, password: str) -> None:
    maker, key = Maker(pack_id, password), new_stream_key()
    try:
        with pack_sink(pack_id, key) as sink:
            if maker.how.shape == "zip":
                write_zip(sink, maker.plans())
            else:
                write_pdf(sink, maker.plans(), password)
        maker.finish(key, sink.size)
    except NothingInIt:
        maker.finish(b"", 0)
    except BaseException:
        db.session.rollback()
        forget_file(pack_id)
        raise


class Maker:
    """Gives the plans of one pack out one by one, and tells how far it is. It holds ids and codes
    of what went before, and nothing else of it."""

    def __init__(self, pack_id: UUID, password: str) -> None:
        pack = db.session.get_one(Pack, pack_id)
        self.pack_id, self.team_id, self.author_id = pack.id, pack.team_id, pack.author_id
        self.how, self.cases = pack.head.how, pack.body.cases
        # A document of many plans is locked as a whole.
        self.password = password if self.how.shape == "zip" else ""
        self.parts: list[Part] = []
        self.left_out: list[LeftOut] = []
        db.session.rollback()

    def plans(self) -> Iterator[tuple[int, bytes]]:
        """(number, PDF) of each plan. Raises Cancelled, NotAllowed, NothingInIt."""
        for done, case_id in enumerate(self.cases, start=1):
            yield from self._note(done, list(self._print(case_id, self._read(case_id))))
        if not self.parts:
            raise NothingInIt

    def finish(self, key: bytes, size: int) -> None:
        """What opens the file is written down last. Raises Cancelled, NotAllowed."""
        with transaction():
            if not move(self.pack_id, [RUNNING], DONE):
                raise Cancelled
            pack = db.session.get_one(Pack, self.pack_id)
            pack.head = replace(pack.head, key=key, size=size)
            pack.body = PackBody(
                cases=self.cases, parts=tuple(self.parts), left_out=tuple(self.left_out)
            )
            note_pack(Kind.PACK_MADE, pack, self._actor(), **self._counts())

    def _read(self, case_id: UUID) -> list[Leaving]:
        db.session.remove()  # what was read for the case before goes, and what changed is seen
        with transaction():
            found = list(read_plans(case_id, self.pack_id, self.how, self._actor()))
        self._leave_out(case_id, (why for why in found if isinstance(why, str)))
        return [leaving for leaving in found if isinstance(leaving, Leaving)]

    def _print(self, case_id: UUID, plans: Iterable[Leaving]) -> Iterator[tuple[Leaving, bytes]]:
        for leaving in plans:
            made = make_plan(leaving, self.password)
            if isinstance(made, str):
                self._leave_out(case_id, [made])
            else:
                yield leaving, made

    def _note(self, done: int, made: Iterable[tuple[Leaving, bytes]]) -> list[tuple[int, bytes]]:
        """That these plans leave, and how far it is, at once: neither is ever ahead of the other.
        Raises Cancelled, and then they do not."""
        leave = []
        with transaction():
            by = self._actor()
            for leaving, pdf in made:
                if why := why_not_any_more(leaving, by):
                    self._leave_out(leaving.case.id, [why])
                    continue
                take_out(leaving.case, leaving.version, by, leaving.copy)
                self.parts.append(_part(leaving, len(self.parts) + 1))
                leave.append((len(self.parts), pdf))
            if not move(self.pack_id, [RUNNING], RUNNING, done=done, **self._counts()):
                raise Cancelled
        return leave

    def _counts(self) -> dict[str, int]:
        return {"plans": len(self.parts), "left_out": len(self.left_out)}

    def _leave_out(self, case_id: UUID, reasons: Iterable[str]) -> None:
        self.left_out += [LeftOut(case_id=case_id, why=why) for why in reasons]

    def _actor(self) -> Actor:
        """As the account is now. Raises NotAllowed."""
        user = load_signed_in(str(self.author_id))
        actor = user.actor if user else None
        if (
            actor is None
            or actor.team_id != self.team_id
            or decide(actor, Permission.MAKE_PACK) is None
        ):
            raise NotAllowed
        return actor


def _part(leaving: Leaving, number: int) -> Part:
    return Part(
        case_id=leaving.case.id,
        number=number,
        kind=leaving.paper.kind,
        format=leaving.copy.form,
        language=leaving.copy.language,
    )
