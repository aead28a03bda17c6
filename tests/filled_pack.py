"""A pack of a manager as it lies in the home once it is made, though nothing was printed for it."""

from uuid import UUID, uuid4

from msgspec.structs import replace

from caseapp.audit.kinds import Kind
from caseapp.background import DONE
from caseapp.cases.models import Case
from caseapp.packs.actions import choose, note_pack
from caseapp.packs.files import pack_sink, write_zip
from caseapp.packs.models import WAITING, LeftOut, PackBody, Part
from caseapp.packs.states import move
from caseapp.vault.streams import new_stream_key
from tests.cast import Cast


def keep_a_pack(case: Case, cast: Cast) -> dict[str, UUID]:
    """The id by its name in addresses."""
    pack, key = choose(uuid4(), [case.id], cast.manager), new_stream_key()
    with pack_sink(pack.id, key) as sink:
        write_zip(sink, [(1, b"no plan")])
    pack.head = replace(pack.head, key=key, size=sink.size)
    part = Part(case_id=case.id, number=1, kind="youth_violence", format="easy_read", language="ar")
    left = LeftOut(case_id=case.id, why="not_safe")
    pack.body = PackBody(cases=(case.id,), parts=(part,), left_out=(left,))
    move(pack.id, [WAITING], DONE, done=1, plans=1, left_out=1)
    note_pack(Kind.PACK_MADE, pack, cast.manager, plans=1, left_out=1)
    return {"pack_id": pack.id}
