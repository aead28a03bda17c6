"""A file of the one case, and an opening of it in an emergency that is over and not reviewed."""

from datetime import timedelta
from uuid import UUID, uuid4

from msgspec.structs import replace

from caseapp.access.actors import Actor
from caseapp.attachments.actions import add_attachment
from caseapp.attachments.files import keep_file
from caseapp.attachments.models import AttachmentHead
from caseapp.audit.chain import record
from caseapp.audit.kinds import Kind
from caseapp.break_glass.actions import BY_REFERENCE, break_glass, give_back
from caseapp.cases.emergency import TOLD_FOR, EmergencyAccess
from caseapp.cases.models import Case
from caseapp.clock import now
from caseapp.vault.spool import SealedSpool
from tests.cast import Cast
from tests.files_to_send import pdf


def fill_files(case: Case, cast: Cast) -> dict[str, UUID]:
    """The ids by their names in addresses; in the transaction of the caller."""
    return {"attachment_id": add_file(case, cast), "access_id": add_emergency(case, cast)}


def add_file(case: Case, cast: Cast) -> UUID:
    spool, file_id = SealedSpool(), uuid4()
    spool.write(pdf())
    head = AttachmentHead(
        name="letter.pdf",
        kind="pdf",
        size=spool.size,
        digest=b"d" * 32,
        key=keep_file(file_id, spool),
        description="Letter from the college",
        given_by="The college",
        is_third_party=True,
        added_at=now(),
    )
    spool.close()
    return add_attachment(uuid4(), file_id, case, head, cast.assigned_advocate).id


def add_emergency(case: Case, cast: Cast) -> UUID:
    words = "Her mother rang, and nobody of the team answered."
    by = cast.other_manager
    access = break_glass(uuid4(), case, "danger_now", words, BY_REFERENCE, by)
    end_long_ago(access, case, by)
    return access.id


def end_long_ago(access: EmergencyAccess, case: Case, by: Actor) -> None:
    """So long ago that whoever broke the glass is a stranger to the case again."""
    back = TOLD_FOR + timedelta(hours=2)
    give_back(access, case, by)
    head = access.head
    access.head = replace(head, began_at=head.began_at - back, ended_at=now() - back)
    record(Kind.GLASS_GIVEN_BACK, actor=by, team_id=case.team_id, case_id=case.id)
